"""Passwords: argon2id with 19 MiB, two passes, one lane. At most two at once and eight under way, so that a storm of sign-ins
can stop neither the machine nor the other requests; who comes beyond that is told to try again.
"""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.domain.errors import Unavailable

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
_NOBODY = _HASHER.hash(secrets.token_hex(16))


_WAITING = threading.BoundedSemaphore(8)


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
