"""Prints at the end of a run what tests noted with `record_property("report", line)`."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Shows the noted lines in order; works with and without workers, captured or not."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
    ]
    lines = sorted(
        str(value)
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "report"
    )
    if lines:
        terminalreporter.section("what the nudges notice, on sentences kept for tests alone")
        for line in lines:
            terminalreporter.write_line(line)
