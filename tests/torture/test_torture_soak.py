"""Thousands of things a student may do, in any order, on a large journal, against a simple model.

The model knows texts alone: versions of each entry, what is in the trash, tags, drafts. After each
action what the app would show (home, the list of browsing, its search), what a fresh process reads
from the file, and the model are the same.
"""

import shutil

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from scale import figure, scaled
from soak_model import BASE, ENTRIES, done, looks
from soak_rules import Soak


def test_soak() -> None:
    try:
        run_state_machine_as_test(
            Soak,
            settings=settings(
                max_examples=scaled(1, 8),
                stateful_step_count=scaled(40, 250),
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            ),
        )
    finally:
        shutil.rmtree(BASE)
    actions = sum(done.values())
    kinds = ", ".join(f"{n} {what}" for what, n in sorted(done.items(), key=lambda one: -one[1]))
    figure(
        f"soak: {actions:,} actions of {len(done)} kinds on {ENTRIES:,} entries, "
        f"{len(looks)} whole comparisons of screen, file and model: 0 exceptions, 0 drifts"
    )
    figure(f"      ({kinds})")
