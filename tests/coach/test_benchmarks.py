"""The benchmarks run and say plainly what was met; how long things take is nobody's test."""

import pytest

from benchmarks import drafts
from benchmarks.timing import Pairs, alone, in_turn, line


def test_pairs_are_measured_in_turn_after_a_round_not_counted() -> None:
    order: list[str] = []

    def measured(name: str) -> float:
        order.append(name)
        return float(len(order))

    pairs = in_turn(lambda: measured("a"), lambda: measured("b"), 2)
    assert order == ["a", "b"] * 3
    assert pairs == Pairs([3.0, 5.0], [4.0, 6.0])


@pytest.mark.parametrize(
    ("ours", "goal", "verdict"),
    [(1.2, 1.2, "met"), (1.21, 1.2, "NOT MET"), (0.99, 1, "met"), (1.0, 1, "NOT MET")],
)
def test_a_line_says_whether_the_goal_is_met(ours: float, goal: float, verdict: str) -> None:
    told = line("what", Pairs([ours] * 3, [1.0] * 3), goal)
    assert told.split("  ")[-1].strip() == verdict
    assert "NOT MET" in alone("what", [51.0, 52.0], 50) and "MET" not in alone("what", [9.0])


def test_one_slow_round_of_both_changes_no_ratio() -> None:
    told = line("what", Pairs([10.0, 10.0, 90.0], [20.0, 20.0, 180.0]))
    assert " 0.50 " in told


def test_the_draft_benchmark_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drafts, "LARGE", 12)
    drafts.main(1)
    assert "draft save, 12 entries" in capsys.readouterr().out
