# `make run` opens the app, `make test` runs every test; nothing but Python and make is needed.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 5

.PHONY: run test test-days check torture bench pictures clean

run: .venv/.installed
	$(BIN)/coach

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/.developing: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

test: .venv/.developing
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# DAY=one runs but the one of its days whose turn it is today.
test-days: .venv/.developing
	WORKERS=$(WORKERS) $(BIN)/python tests/days.py $(DAY)

check: .venv/.developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

torture: .venv/.developing
	COACH_TORTURE=1 $(BIN)/python -m pytest tests/torture tests/fuzz tests/coach/storage

bench: .venv/.developing
	$(BIN)/python -m benchmarks

pictures: .venv/.installed
	$(BIN)/python -m docs.pictures

clean:
	rm -rf .venv build dist
