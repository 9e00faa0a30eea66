"""A password is replaced: the one before is remembered so that it does not come again too soon; the machine's own last a week."""

from datetime import datetime

from service.actions.frame import Frame
from service.actions.parts.trials import login_hash
from service.domain.accounts import ONE_TIME_LASTS
from service.store import accounts, sign_ins
from service.store.accounts import Account

REMEMBERED = 12
"""More than any profile compares with; older hashes are of no use to anybody good."""


def set_one_time_password(frame: Frame, account: Account, password_hash: str) -> datetime:
    """Locks are forgotten too. Answers until when it opens anything."""
    until = frame.now + ONE_TIME_LASTS
    set_new_password(frame, account, password_hash, one_time_until=until)
    sign_ins.clear_failures(frame.tx, login_hash=login_hash(account.login))
    return until


def set_new_password(
    frame: Frame, account: Account, password_hash: str, *, one_time_until: datetime | None = None
) -> None:
    """What a machine made is never typed again by chance, so only people's own are remembered."""
    if account.password_hash and account.one_time_until is None:
        accounts.remember_password(
            frame.tx, frame.new_id(), person_id=account.person_id, password_hash=account.password_hash, at=frame.now
        )
        accounts.forget_passwords(frame.tx, account.person_id, keep=REMEMBERED)
    accounts.set_password(
        frame.tx, account.person_id, login=account.login, password_hash=password_hash, at=frame.now,
        one_time_until=one_time_until,
    )  # fmt: skip
