"""Skills across the weeks: renamed, joined, charted, beside a school's framework."""
