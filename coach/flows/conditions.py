"""Whether an answer meets a condition of a flow."""

from typing import Any

from coach.flows.field import Condition


def meets(condition: Condition, value: Any) -> bool:
    """Whether `value` meets the condition's tests (all that are set)."""
    held = _held(value)
    wanted = {condition.has} if isinstance(condition.has, str) else set(condition.has or ())
    barred = {condition.lacks} if isinstance(condition.lacks, str) else set(condition.lacks or ())
    number = value if isinstance(value, int | float) else None
    return (
        (condition.has is None or bool(held & wanted))
        and (condition.lacks is None or not held & barred)
        and (condition.filled is None or condition.filled == (value not in (None, "", [], {})))
        and (condition.above is None or (number is not None and number > condition.above))
        and (condition.below is None or (number is not None and number < condition.below))
    )


def _held(value: Any) -> set[Any]:
    """The values that `has` and `lacks` compare with: the answer, or the members of a list."""
    if isinstance(value, list | dict):
        return {one for one in value if isinstance(one, str)}
    return {value}
