"""Sessions and API tokens are kept as hashes; the token itself is shown once."""

import hashlib


def token_hash(token: str) -> str:
    """Hex of SHA-256; tokens carry 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
