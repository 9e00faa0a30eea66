"""Who may send a message to a case: whom the diagram names at the waiting place (``oneseal:senders``)."""

from collections.abc import Sequence
from dataclasses import replace

from service.actions.frame import Frame
from service.actions.parts.assign import case_organisations
from service.domain.assignment import INITIATOR, parse_assignment, resolve
from service.domain.cases import Case
from service.domain.people import Holding
from service.domain.permission import Facts, Verdict, can


def may_send(frame: Frame, case: Case, facts: Facts, element_ids: Sequence[str]) -> Verdict:
    """Whether the actor may send to every one of the waiting places."""
    return can(frame.actor, "message.send", with_senders(frame, case, facts, element_ids))


def with_senders(frame: Frame, case: Case, facts: Facts, element_ids: Sequence[str]) -> Facts:
    """``facts`` with the posts named at every one of the places, and whether the initiator is."""
    elements = frame.bundles.get(frame.tx, case.bundle_digest).elements
    known = case_organisations(frame, case)
    named = [elements[id].senders for id in element_ids]
    posts = [
        {
            Holding(c.post, c.organisation_id)
            for c in (resolve(parse_assignment(t), known) for t in texts if t != INITIATOR)
            if c
        }
        for texts in named
    ]
    return replace(
        facts,
        senders=frozenset(set.intersection(*posts)),
        initiator_sends=all(INITIATOR in texts for texts in named),
    )
