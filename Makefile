# `make run` opens the app, `make test` runs every test; nothing but Python and make is needed.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e
WORKERS ?= 5

.PHONY: run test test-days check torture bench pictures clean

run: .venv/.installed
	$(BIN)/coach

.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	echo "coach : il faut Python 3.11 ou plus récent, et « $(PYTHON) » ne l'est pas. Il se prend sur" \
	"python.org ; s'il porte un autre nom chez toi : make run PYTHON=python3.12"; \
	echo "coach: Python 3.11 or newer is needed, and '$(PYTHON)' is not. Get it from python.org;" \
	"if it has another name on your machine: make run PYTHON=python3.12"; exit 1; } >&2
	@echo "1/2 Je prépare le dossier .venv… · Making the folder .venv…"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# Where a passphrase or Word files have no ready-made package, the rest works without.
.venv/.installed: .venv/bin/python pyproject.toml constraints.txt Makefile
	@echo "2/2 J'installe coach, une trentaine de secondes… · Installing coach, some thirty seconds…"
	@$(PIP) ".[crypt,office]" || $(PIP) .
	@touch $@

.venv/.developing: .venv/.installed
	@echo "J'installe de quoi tester… · Installing what the tests need…"
	@$(PIP) ".[dev]"
	@touch $@

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
	COACH_TORTURE=1 $(BIN)/python -m pytest tests/torture tests/fuzz tests/coach/store

bench: .venv/.developing
	$(BIN)/python -m benchmarks

pictures: .venv/.installed
	$(BIN)/python -m docs.pictures

clean:
	rm -rf .venv build dist
