"""An administrator changes somebody's account: may this one, is it another's, is it still as seen. Then the change is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.administration import may
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.domain.people import Role
from service.domain.texts import say
from service.store import accounts, people, sessions, tokens
from service.store.accounts import AccountRow


@dataclass(frozen=True, slots=True)
class Changed:
    """The account after the change; ``sessions`` ended by it, ``tokens`` revoked by it."""

    row: AccountRow
    sessions: int = 0
    tokens: int = 0


def administer(frame: Frame, verb: str) -> None:
    """NotAllowed unless one of the three administrators' roles of the actor carries the verb."""
    verdict = may(frame.actor, verb)
    if not verdict:
        raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb=verb)


def see_account(frame: Frame, verb: str, person_id: str) -> AccountRow:
    """For looking only; NotFound when there is no such account."""
    administer(frame, verb)
    return _known(accounts.get_row(frame.tx, person_id), person_id)


def lock_another(frame: Frame, verb: str, person_id: str, *, if_match: int | None = None) -> AccountRow:
    """Lock the account of somebody else: no administrator decides about himself."""
    administer(frame, verb)
    if person_id == frame.actor.person_id:
        raise NotAllowed("account.own", verdict="own-account", verb=verb)
    return lock_any(frame, verb, person_id, if_match=if_match)


def lock_any(frame: Frame, verb: str, person_id: str, *, if_match: int | None = None) -> AccountRow:
    """The same where one's own account is no conflict of interest."""
    administer(frame, verb)
    accounts.lock_account(frame.tx, person_id)
    row = _known(accounts.get_row(frame.tx, person_id), person_id)
    must_match(if_match, row.account.version, what=row.name)
    return row


def must_not_be_maker(frame: Frame, row: AccountRow) -> None:
    """Who made an account does not also give it power, not even after a change of roles."""
    if row.account.created_by == frame.actor.person_id:
        raise NotAllowed("account.own_creation", name=row.name, verdict="own-creation")


def must_leave_one(frame: Frame, row: AccountRow) -> None:
    """Conflict when this person is the last active one with the role: nobody could enable or create an account any more."""
    if row.role is None or not row.active:
        return
    if people.lock_role(frame.tx, row.role) == [row.account.person_id]:
        raise Conflict("account.last_of_role", name=row.name, role=role_name(row.role))


def end_access(frame: Frame, person_id: str, *, with_tokens: bool) -> tuple[int, int]:
    """Everywhere and at once; answers how many sessions and tokens."""
    ended = sessions.end_sessions(frame.tx, person_id, at=frame.now)
    return ended, tokens.revoke_tokens(frame.tx, person_id, at=frame.now) if with_tokens else 0


def seal_change(
    frame: Frame, person_id: str, type: str, *, facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> AccountRow:  # fmt: skip
    """Into the account's own chain, which auditors read whole; answers the account as it is now, in its new version."""
    accounts.next_version(frame.tx, person_id)
    row = _known(accounts.get_row(frame.tx, person_id), person_id)
    event = EventFacts(
        type=type, facts={"person": person_id} | dict(facts or {}), personal={"name": row.name} | dict(personal or {})
    )
    seal_chain_event(frame, account_chain(person_id), event)
    return row


def account_chain(person_id: str) -> str:
    return f"account/{person_id}"


def role_name(role: Role | None) -> str:
    return say(f"role.{role.value}") if role else say("list.none")


def _known(row: AccountRow | None, person_id: str) -> AccountRow:
    if row is None:
        raise NotFound("account.unknown", id=person_id)
    return row
