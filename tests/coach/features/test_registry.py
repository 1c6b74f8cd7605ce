"""Every name that a flow may use stands for something."""

from inspect import signature

import pytest

from coach.features.registry import DOCUMENTS, PROVIDERS
from coach.flows.choices import SOURCES

KINDS = ("panels", "texts", "rows", "libraries")


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in KINDS for name in getattr(PROVIDERS, kind)]
)
def test_each_name_stands_for_a_function_of_one_argument(kind: str, name: str) -> None:
    assert len(signature(getattr(PROVIDERS, kind)[name]).parameters) == 1


def test_a_name_stands_for_one_thing() -> None:
    assert len(PROVIDERS.panels) > 15 and len(PROVIDERS.texts) > 25 and len(DOCUMENTS) > 11
    assert not set(SOURCES) & set(PROVIDERS.libraries)
    assert "nothing" not in PROVIDERS.panels and "nothing" not in PROVIDERS.documents
