"""Secrets that must be read again (those of second factors) are encrypted, and the key is not in the database: a dump alone opens nothing.

The key comes from ONESEAL_SECRET_KEY; for the embedded database, where none is set, from a file beside it that is made once.
"""

import base64
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.domain.errors import Conflict, Unavailable
from service.settings import Settings

FORMAT = "v1"
NONCE = 12


@dataclass(frozen=True, slots=True)
class Vault:
    """AES-256-GCM. What is sealed for one person does not open for another."""

    key: bytes

    def seal(self, text: str, *, person_id: str) -> str:
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self.key).encrypt(nonce, text.encode(), person_id.encode())
        return f"{FORMAT}:{self._mark()}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, person_id: str) -> str:
        """Unavailable when it was sealed under another key, or is not what was sealed: an administrator has to look."""
        head, _, rest = sealed.partition(":")
        mark, _, body = rest.partition(":")
        if head != FORMAT or mark != self._mark():
            raise Unavailable("vault.other_key")
        raw = base64.b64decode(body)
        try:
            return AESGCM(self.key).decrypt(raw[:NONCE], raw[NONCE:], person_id.encode()).decode()
        except InvalidTag as error:
            raise Unavailable("vault.changed") from error

    def _mark(self) -> str:
        """Tells keys apart without saying anything of them."""
        return hmac.digest(self.key, b"which key", "sha256").hex()[:8]


def vault(settings: Settings) -> Vault:
    """Conflict where no key is set and none can lie beside the database."""
    said = settings.secret_key.get_secret_value()
    if not said and settings.sqlite_path:
        said = _key_beside(settings.sqlite_path)
    if not said:
        raise Conflict("vault.no_key")
    return Vault(hmac.digest(said.encode(), b"oneseal second factor v1", "sha256"))


def has_vault(settings: Settings) -> bool:
    """Whether second factors can be set up here at all."""
    return bool(settings.secret_key.get_secret_value() or settings.sqlite_path)


def key_file(database: Path) -> Path:
    return database.with_name(database.name + ".key")


def _key_beside(database: Path) -> str:
    """Made whole or not at all, and once: of two processes that make it at the same time one finds the other's."""
    path = key_file(database)
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        made = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(made, secrets.token_urlsafe(32).encode("ascii"))
            os.fsync(made)
        finally:
            os.close(made)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_text("ascii")
