"""What ids, logins, codes of bodies and 文号 look like: each check gives the rule that is broken, or ""."""

import re

from service.domain.accounts import LOGIN
from service.domain.codes import ALPHABET, credit_code_fits, number_faults
from service.domain.people import SYSTEM

REGION_LENGTHS = (6, 9, 12)  # GB/T 2260 county, GB/T 10114 township, and village
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


def id_fault(text: str) -> str:
    """Ids are typed and read aloud: small letters, digits, dot, hyphen, underscore; they begin with a letter or digit."""
    return "" if _ID.fullmatch(text) else "id"


def login_fault(text: str) -> str:
    """An id of a person is the login too."""
    return "" if LOGIN.fullmatch(text) and text != SYSTEM.person_id else "login"


def person_name(text: str) -> str:
    """``张　三`` is 张三: lists are set with blanks inside short names. Other names keep one blank between their words."""
    words = text.split()
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def body_code_fault(text: str) -> str:
    """A code of a region (6, 9 or 12 digits) or a 统一社会信用代码 (18 characters, two of which check the others)."""
    if text.isascii() and text.isdigit() and len(text) in REGION_LENGTHS:
        return ""
    if len(text) != 18 or any(c not in ALPHABET for c in text):
        return "body_code"
    return "" if credit_code_fits(text) else "credit_code"


def number_fault(text: str) -> str:
    """A 文号 in the brackets of GB/T 9704."""
    return "document_number" if number_faults(text, field="number") else ""


def order_fault(text: str) -> str:
    """The same, or the number of an order (令), as laws and regulations have."""
    return "document_number" if number_faults(text, field="number", orders=True) else ""
