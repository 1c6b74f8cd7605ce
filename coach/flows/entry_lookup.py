"""Which entry or draft a request means, and the day of one that begins anew."""

from datetime import date, timedelta

from coach.flows.request import SessionRequest
from coach.flows.schema import Flow
from coach.store.entries import Draft, Entry, iso_week, week_monday


def find_entry(
    request: SessionRequest,
    flow: Flow,
    entries: list[Entry],
    drafts: list[Draft],
    internship: str | None,
    today: date,
) -> tuple[Entry | None, Draft | None]:
    """The kept entry and the draft that `request` means; both None where it begins anew.

    `entries` and `drafts` come newest first. What a draft belongs to is the flow's scope.
    """
    if request.entry_id:
        entry = next((one for one in entries if one.id == request.entry_id), None)
        return entry, next((one for one in drafts if one.entry.id == request.entry_id), None)
    week = request.week or iso_week(today)

    def belongs(entry: Entry) -> bool:
        if entry.flow != flow.id or (entry.internship != internship and flow.scope != "occasion"):
            return False
        return flow.scope != "week" or entry.week == week

    if request.new and flow.scope != "week":
        return None, None
    draft = next((one for one in drafts if belongs(one.entry)), None)
    if draft is not None:
        return next((one for one in entries if one.id == draft.entry.id), None), draft
    if flow.scope == "occasion":
        return None, None
    return next((one for one in entries if belongs(one)), None), None


def day_for(request: SessionRequest, flow: Flow, today: date) -> date:
    """The day an entry begun by `request` is dated: a week told late is dated its Friday."""
    if flow.scope != "week" or request.week in ("", iso_week(today)):
        return today
    return min(week_monday(request.week) + timedelta(days=4), today)
