"""Guessing gets slower and stops: failures by login and address are counted, and too many close the way for half an hour."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.domain.accounts import ACCOUNT, ADDRESS, LOCK_FOR, PAIR, Brake
from service.domain.calendar import local_date
from service.domain.people import Actor
from service.store import sessions, sign_ins
from service.store.accounts import Account

KNOWN_FOR = timedelta(days=30)


def login_hash(login: str) -> str:
    """What failures are counted under: the login may be a mistyped password, and may be nobody's."""
    return hashlib.sha256(b"login\x00" + login.encode("utf-8", "surrogatepass")).hexdigest()


def locked_until(frame: Frame, login: str, address: str, account: Account | None) -> datetime | None:
    """Until when this login is closed to this address, or None. An unknown login closes like a known one."""
    since, key = frame.now - LOCK_FOR, login_hash(login)
    if until := _closed(frame, PAIR, sign_ins.failures(frame.tx, since=since, login_hash=key, address=address)):
        return until
    if until := _closed(frame, ADDRESS, sign_ins.failures(frame.tx, since=since, address=address)):
        return until
    until = _closed(frame, ACCOUNT, sign_ins.failures(frame.tx, since=since, login_hash=key))
    if until and account and _comes_home(frame, account, address):
        return None
    return until


def count_failure(frame: Frame, login: str, address: str, account: Account | None) -> datetime | None:
    """One more; answers until when the way is closed now. A known person's goes into the person's day, a stranger's lock into the day's."""
    sign_ins.add_failure(
        frame.tx, frame.new_id(), login_hash=login_hash(login), address=address, at=frame.now
    )  # fmt: skip
    until = locked_until(frame, login, address, account)
    facts = {"locked": until is not None}
    if account:
        frame = replace(frame, actor=Actor(account.person_id, login))
        event = EventFacts(type="session.refused", facts=facts, personal={"address": address})
        seal_chain_event(frame, actor_day_chain(account.person_id, frame.now), event)
    elif until:
        event = EventFacts(type="session.refused", facts=facts, personal={"address": address, "login": login})
        seal_chain_event(frame, f"sign-in/{local_date(frame.now).isoformat()}", event)
    return until


def _comes_home(frame: Frame, account: Account, address: str) -> bool:
    """From an address where the person signed in before: a guess spread over many machines must not lock its owner out."""
    return sessions.signed_in_from(frame.tx, account.person_id, address, since=frame.now - KNOWN_FOR)


def _closed(frame: Frame, brake: Brake, found: sign_ins.Failures) -> datetime | None:
    if found.count < brake.most or found.last is None:
        return None
    until = found.last + LOCK_FOR
    return until if until > frame.now else None
