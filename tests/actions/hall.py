"""The three administrators of the small stage with accounts, and what tests of accounts do again and again. People are invented (虚构)."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from service.actions.create_person import CreatePerson, create_person
from service.actions.enable_account import EnableAccount, enable_account
from service.actions.parts.sessions import SessionTerms
from service.actions.parts.tokens import token_hash
from service.actions.sign_in import SignedIn, SignIn, SignInFailed, sign_in
from service.domain.accounts import SecondFactor, SignInRules
from service.domain.people import Person, Role
from service.store import accounts, events, people, second_factors, sessions
from service.store.accounts import AccountRow
from service.store.second_factors import Factor
from service.store.sessions import Session
from tests.actions.stage import Stage

RIGHT = "Right-pass-1"
ADMINISTRATORS = {"sysadmin": Role.SYSTEM_ADMIN, "secadmin": Role.SECURITY_ADMIN, "auditadmin": Role.AUDIT_ADMIN}
_TOKENS = count(1)


def hashed(password: str) -> str:
    """Stands for argon2id where the test is not about it."""
    return f"hash:{password}"


def verify(kept: str, given: str) -> bool:
    return kept == hashed(given)


def terms(
    *, policy: SecondFactor = SecondFactor.OFFERED, longest: timedelta | None = None, **more: Any
) -> SessionTerms:
    rules = SignInRules(policy, longest)
    return SessionTerms(new_token=lambda: f"token-{next(_TOKENS)}", rules=rules, **{"address": "192.0.2.1"} | more)


def staff(stage: Stage) -> None:
    """sysadmin, secadmin, secadmin2 and auditadmin, and clerk with an account of long ago."""
    with stage.database.begin() as tx:
        for id, role in (*ADMINISTRATORS.items(), ("secadmin2", Role.SECURITY_ADMIN)):
            person = Person(id, f"{id}（虚构）", "yunxiao", fictional=True)
            people.add_person(tx, person, holdings=(), roles=(role,))
        for id in (*ADMINISTRATORS, "secadmin2", "clerk"):
            accounts.set_password(tx, id, login=id, password_hash=hashed(RIGHT), at=stage.now)
            accounts.note_enabled(tx, id, at=stage.now, by="system")


def newcomer(stage: Stage, login: str = "lin", name: str = "林一（虚构）") -> AccountRow:
    """Entered by the system administrator, not enabled."""
    return stage.act("sysadmin", create_person, CreatePerson(login, name, "huotian-center"))


def enabled(stage: Stage, login: str = "lin") -> AccountRow:
    newcomer(stage, login)
    return stage.act("secadmin", enable_account, EnableAccount(login, hashed("One-time-1")))


def tries(stage: Stage, login: str, password: str = RIGHT, **given: Any) -> SignedIn | SignInFailed:
    order = SignIn(login, password, verify=verify, terms=terms(**given))
    return stage.act("system", sign_in, order)


def signed_in(stage: Stage, login: str, password: str = RIGHT, **given: Any) -> tuple[str, Session]:
    """Token and session of a sign-in that must succeed."""
    done = tries(stage, login, password, **given)
    assert isinstance(done, SignedIn), done
    return done.token, session(stage, done.token)


def session(stage: Stage, token: str) -> Session:
    with stage.database.read() as tx:
        found = sessions.session_by_hash(tx, token_hash(token))
    assert found
    return found


def lives(stage: Stage, token: str) -> bool:
    return session(stage, token).live(stage.now)


def row(stage: Stage, person: str) -> AccountRow:
    with stage.database.read() as tx:
        found = accounts.get_row(tx, person)
    assert found
    return found


def told(stage: Stage, chain: str) -> list[dict[str, Any]]:
    """The bodies of a chain's events."""
    with stage.database.read() as tx:
        return [json.loads(event.body) for event in events.read_chain(tx, chain)]


def in_secret(stage: Stage, chain: str) -> list[dict[str, Any]]:
    """Their personal payloads."""
    with stage.database.read() as tx:
        return [json.loads(event.payload or "{}") for event in events.read_chain(tx, chain)]


def check(factor: Factor, code: str) -> int | None:
    """A phone for tests: its code is the half-minute itself, as ``secret`` plus its number."""
    head, _, step = code.rpartition("0000")
    return int(step) if head == factor.secret and step.isdigit() else None


def code_at(step: int, secret: str = "7") -> str:
    return f"{secret}0000{step}"


def with_factor(stage: Stage, person: str, *, recovery: tuple[str, ...] = ("RECOVER2",)) -> None:
    with stage.database.begin() as tx:
        second_factors.put_factor(tx, Factor(person, "7", stage.now, stage.now, last_step=0))
        second_factors.replace_codes(tx, person, [token_hash(code) for code in recovery])


def refused(act: Callable[[], object], kind: type[Exception]) -> str:
    """The sentence of a refusal that must come."""
    try:
        act()
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")
