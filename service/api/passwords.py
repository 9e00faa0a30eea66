"""Passwords: argon2id with 19 MiB, two passes, one lane. At most two at once and eight under way, so that a storm of sign-ins
can stop neither the machine nor the other requests; who comes beyond that is told to try again.
"""

import secrets
import threading
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.domain.errors import Unavailable
from service.domain.passwords import classes_of

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
_WAITING = threading.BoundedSemaphore(8)
_NOBODY = _HASHER.hash(secrets.token_hex(16))

COMMON = Path(__file__).with_name("common_passwords.txt")
READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like another on paper
GROUPS, LETTERS = 4, 4


def hash_password(password: str) -> str:
    with _AT_ONCE:
        return str(_HASHER.hash(password))


def verify_password(hashed: str, password: str) -> bool:
    """False for a wrong password; without a hash it takes as long as with one, so that names cannot be found by the clock."""
    if not _WAITING.acquire(blocking=False):
        raise Unavailable("session.storm")
    try:
        with _AT_ONCE:
            return bool(_HASHER.verify(hashed or _NOBODY, password)) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _WAITING.release()


def fresh_hash(hashed: str, password: str) -> str:
    """The same password under today's parameters; empty where it has them."""
    try:
        old = bool(hashed) and _HASHER.check_needs_rehash(hashed)
    except InvalidHashError:
        return ""
    return hash_password(password) if old else ""


def one_time_password() -> str:
    """Four groups of four, about 90 bits, good by every profile; to be shown once and changed at the first sign-in."""
    while True:
        groups = ("".join(secrets.choice(READABLE) for _ in range(LETTERS)) for _ in range(GROUPS))
        made = "-".join(groups)
        if classes_of(made) == 4:
            return made


def is_common(form: str) -> bool:
    """Whether the list holds it; small letters, see ``plain_forms``."""
    return form in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())
