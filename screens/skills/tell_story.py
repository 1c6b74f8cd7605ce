"""From a proof to the session that tells it: the one begun, the one kept, or a new one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.features.star.story import FLOW, by_proof
from coach.flows.request import SessionRequest
from coach.proofs.proof import Proof
from coach.store.journal import JournalError

if TYPE_CHECKING:
    from screens.base.coach import Coach

OFFERED = 30
"""Proofs offered to be told, besides those that are already."""


async def tell_story(coach: Coach, proof: Proof) -> None:
    """Opens the session that tells `proof` as a story; call it from a worker."""

    def find() -> str:
        begun = [
            draft.entry
            for draft in coach.workspace.journal.drafts.list()
            if draft.entry.flow == FLOW
        ]
        told = by_proof([*begun, *coach.workspace.snapshot().of(FLOW)]).get(proof.key)
        return told.id if told else ""

    try:
        entry_id = await asyncio.to_thread(find)
    except JournalError as error:
        coach.tell(coach.explain(error))
        return
    if entry_id:
        coach.navigation.open_session(SessionRequest(FLOW, entry_id))
    else:
        coach.navigation.open_session(SessionRequest(FLOW, new=True, given=(("proof", proof.key),)))
