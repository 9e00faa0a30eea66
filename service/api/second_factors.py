"""Codes of a phone (TOTP, RFC 6238: SHA-1, six digits, half a minute) and the picture a phone reads the secret from."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno

from service.actions.parts.codes import CheckCode
from service.api.vault import Vault, vault
from service.domain.texts import say
from service.store.second_factors import Factor
from service.wiring import House

STEP = 30  # seconds
EARLY_OR_LATE = (0, -1, 1)  # steps a phone's clock may be off
RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # 80 bits: no table of hashes helps


@dataclass(frozen=True, slots=True)
class NewSecret:
    """``picture`` is an SVG as a data URI. All of it is shown once."""

    secret: str
    address: str
    picture: str


def new_secret(login: str) -> NewSecret:
    secret = pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=say("second-factor.issuer"))
    return NewSecret(secret, address, segno.make(address, error="m").svg_data_uri(scale=4, border=2))


def code_check(house: House) -> CheckCode:
    """For actions: by the machine's own time, for that is the phone's."""
    now = house.clock.real()

    def check(factor: Factor, code: str) -> int | None:
        return step_of(vault(house.settings), factor, code, now)

    return check


def step_of(opened: Vault, factor: Factor, code: str, now: datetime) -> int | None:
    """The half-minute whose code this is, if it is of now or a neighbour of now."""
    secret = opened.open(factor.secret, person_id=factor.person_id)
    current = int(now.timestamp()) // STEP
    once = pyotp.TOTP(secret)
    for step in (current + off for off in EARLY_OR_LATE):
        if hmac.compare_digest(once.generate_otp(step).encode(), code.encode("utf-8", "replace")):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """As they are kept: capitals and digits, no hyphens."""
    return [base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode("ascii") for _ in range(RECOVERY_CODES)]


def readable(code: str) -> str:
    """A recovery code as people copy it: groups of four."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))
