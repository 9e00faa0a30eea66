"""A case changes without a step of the engine: a claim, a suspension. The event still moves the case's chain."""

from dataclasses import replace

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_case_event
from service.domain.cases import Case
from service.domain.errors import Conflict
from service.store import cases


def note_on_case(frame: Frame, case: Case, event: EventFacts) -> Case:
    """Seal ``event`` and store ``case`` (already changed by the caller, version untouched) with its new chain head."""
    sealed = seal_case_event(frame, case, event)
    saved = replace(case, version=case.version + 1, event_seq=sealed.seq, event_hash=sealed.hash)
    if not cases.save_step(frame.tx, saved, expected_version=case.version):
        raise Conflict("case.moved_on", case=case.business_key)
    return saved
