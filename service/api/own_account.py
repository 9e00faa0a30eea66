"""What a person does to the own account, for the API and the pages: slow hashes and secrets are made here, outside any transaction."""

from dataclasses import dataclass
from typing import Literal

from service.actions.begin_second_factor import BeginSecondFactor, begin_second_factor
from service.actions.change_password import ChangePassword, PasswordChanged, PasswordWrong, change_password
from service.actions.confirm_second_factor import (
    ConfirmSecondFactor,
    SecondFactorConfirmed,
    confirm_second_factor,
)
from service.actions.drop_second_factor import DropSecondFactor, drop_second_factor
from service.actions.frame import Frame
from service.actions.parts.codes import CodeRefused
from service.actions.renew_recovery_codes import RenewRecoveryCodes, renew_recovery_codes
from service.api.door import RequestDoor
from service.api.identity import must_be_in_person
from service.api.passwords import hash_password, is_common, verify_password
from service.api.second_factors import NewSecret, code_check, new_recovery_codes, new_secret, readable
from service.api.sessions import in_person, terms_of
from service.api.vault import has_vault, vault
from service.domain.accounts import Pending, SecondFactor, must_enrol
from service.store import accounts, second_factors
from service.store.session import Transaction
from service.store.sessions import Session


@dataclass(frozen=True, slots=True)
class FactorSeen:
    """``state``: none, begun, in_use."""

    state: Literal["none", "begun", "in_use"]
    factor: second_factors.Factor | None
    codes_left: int
    offered: bool
    demanded: bool


def change_own_password(door: RequestDoor, current: str, new: str) -> PasswordChanged | PasswordWrong:
    """Hashes are computed with no transaction open; inside, an answer counts only for the hash it was computed for."""
    person = door.read(lambda _frame: must_be_in_person(door.caller), during={Pending.PASSWORD_CHANGE}).person_id
    profile = door.house.settings.password
    with door.house.database.read() as tx:
        account = accounts.account_of(tx, person)
        hashes = [account.password_hash] if account else []
        earlier = accounts.earlier_passwords(tx, person, limit=profile.remembered - 1)
    known = {(hashed, current): verify_password(hashed, current) for hashed in hashes}
    known |= {(hashed, new): verify_password(hashed, new) for hashed in (*hashes, *earlier)}
    made = hash_password(new)

    def verify(hashed: str, given: str) -> bool:
        found = known.get((hashed, given))
        return verify_password(hashed, given) if found is None else found

    def do(frame: Frame, session: Session) -> PasswordChanged | PasswordWrong:
        terms = terms_of(door.request, door.house)
        return change_password(
            frame, ChangePassword(current, new, made, verify, is_common, session, terms, profile)
        )  # fmt: skip

    return in_person(door, do, during={Pending.PASSWORD_CHANGE})


def look_at_factor(door: RequestDoor, frame: Frame) -> FactorSeen:
    """Of whoever asks."""
    person, policy = frame.actor.person_id, door.house.settings.second_factor
    found = second_factors.factor_of(frame.tx, person)
    return FactorSeen(
        "none" if found is None else "in_use" if found.confirmed_at else "begun", found, second_factors.codes_left(frame.tx, person),
        offered=policy is not SecondFactor.OFF and has_vault(door.house.settings),
        demanded=must_enrol(policy, administrator=bool(frame.actor.roles)),
    )  # fmt: skip


def begin_own_factor(door: RequestDoor) -> NewSecret:
    """A new secret; it counts once ``confirm_own_factor`` was given a code of it."""
    settings = door.house.settings

    def do(frame: Frame, _session: Session) -> NewSecret:
        made = new_secret(_login(frame.tx, frame.actor.person_id))
        sealed = vault(settings).seal(made.secret, person_id=frame.actor.person_id)
        begin_second_factor(frame, BeginSecondFactor(sealed, settings.second_factor))
        return made

    return in_person(door, do, during={Pending.ENROLMENT})


def confirm_own_factor(door: RequestDoor, code: str) -> tuple[SecondFactorConfirmed | CodeRefused, list[str]]:
    """With the recovery codes as people copy them; they are nothing unless the code was good."""
    recovery, check = new_recovery_codes(), code_check(door.house)

    def do(frame: Frame, session: Session) -> SecondFactorConfirmed | CodeRefused:
        terms = terms_of(door.request, door.house)
        return confirm_second_factor(frame, ConfirmSecondFactor(code, check, recovery, session, terms))

    outcome = in_person(door, do, during={Pending.ENROLMENT})
    return outcome, [readable(each) for each in recovery]


def renew_own_codes(door: RequestDoor, code: str) -> tuple[CodeRefused | None, list[str]]:
    recovery, check = new_recovery_codes(), code_check(door.house)
    refused = in_person(
        door, lambda frame, _session: renew_recovery_codes(frame, RenewRecoveryCodes(code, check, recovery))
    )
    return refused, [readable(each) for each in recovery]


def drop_own_factor(door: RequestDoor, code: str) -> CodeRefused | None:
    check, policy = code_check(door.house), door.house.settings.second_factor
    return in_person(door, lambda frame, _session: drop_second_factor(frame, DropSecondFactor(code, check, policy)))


def _login(tx: Transaction, person_id: str) -> str:
    found = accounts.account_of(tx, person_id)
    return found.login if found else person_id
