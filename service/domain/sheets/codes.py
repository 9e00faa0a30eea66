"""What ids, logins and codes of bodies look like: each check gives the rule that is broken, or ""."""

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I O S V Z
WEIGHTS = [3**n % 31 for n in range(17)]
REGION_LENGTHS = (6, 9, 12)  # GB/T 2260 county, GB/T 10114 township, and village
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


def id_fault(text: str) -> str:
    """Ids are typed and read aloud: small letters, digits, dot, hyphen, underscore; they begin with a letter or digit."""
    return "" if _ID.fullmatch(text) else "id"


def body_code_fault(text: str) -> str:
    """A code of a region (6, 9 or 12 digits) or a 统一社会信用代码 (18 characters, the last one checks the others)."""
    if text.isascii() and text.isdigit() and len(text) in REGION_LENGTHS:
        return ""
    if len(text) != 18 or any(c not in ALPHABET for c in text):
        return "body_code"
    return "" if check_character(text) == text[17] else "credit_code"


def check_character(code: str) -> str:
    """The last character that the first 17 of a 统一社会信用代码 ask for, GB 32100-2015."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(code[:17], WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]
