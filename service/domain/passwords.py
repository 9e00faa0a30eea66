"""What a password must be like: two profiles, chosen by the setting ``ONESEAL_PASSWORD_PROFILE``.

``dengbao`` is what a county graded by GB/T 22239-2019 (等保) is asked for: complexity and periodic change; the standard gives no numbers,
these are those of practice. ``asvs`` follows OWASP ASVS 5.0 (V6.2): length and a list of common passwords, no composition, no rotation.
"""

import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from service.domain.errors import Fault
from service.domain.texts import say

LONGEST = 128
FEWEST_DIFFERENT = 5
SHORTEST_PART = 3  # of a login or name that may not stand in a password
CLASSES = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
ENDS = string.digits + string.punctuation
LOOK_ALIKE = str.maketrans("@4830!1$5+7", "aabeoiisstt")
UNSHIFTED = str.maketrans("!@#$%^&*()", "1234567890")


@dataclass(frozen=True, slots=True)
class PasswordProfile:
    """``classes``: how many of the four (capitals, small letters, digits, others). ``remembered``: passwords that may not come again."""

    name: str
    shortest: int
    classes: int
    remembered: int
    longest_age: timedelta | None


DENGBAO = PasswordProfile("dengbao", shortest=10, classes=3, remembered=5, longest_age=timedelta(days=90))
ASVS = PasswordProfile("asvs", shortest=12, classes=0, remembered=1, longest_age=None)
PROFILES = {profile.name: profile for profile in (DENGBAO, ASVS)}


def password_faults(
    password: str, profile: PasswordProfile, *, login: str, name: str, common: Callable[[str], bool]
) -> list[Fault]:
    """Everything wrong with ``password``, all at once; empty when it is good. ``common`` knows the list."""
    return [
        Fault(f"password-{code}", say(f"password.{code}", **values), {"field": "new"})
        for code, values in _wrong(password, profile, login=login, name=name, common=common)
    ]


def classes_of(password: str) -> int:
    """How many of the four kinds of character it has; a Chinese character is of the fourth."""
    found = {next((n for n, kind in enumerate(CLASSES) if c in kind), len(CLASSES)) for c in password}
    return len(found)


def plain_forms(password: str) -> set[str]:
    """What ``password`` is at heart, for the list of common ones: small letters, its ends without digits and signs, look-alikes undone
    (P@ssw0rd!), a walk over the keyboard without the shift key (1qaz@WSX)."""
    small = password.casefold()
    middle = small.strip(ENDS)
    forms = (
        small, small.strip(string.punctuation), middle, middle.translate(LOOK_ALIKE),
        small.rstrip(ENDS).translate(LOOK_ALIKE), small.translate(UNSHIFTED),
    )  # fmt: skip
    return {form for form in forms if form}


def _wrong(
    password: str, profile: PasswordProfile, *, login: str, name: str, common: Callable[[str], bool]
) -> Iterator[tuple[str, dict[str, object]]]:
    if len(password) < profile.shortest:
        yield "short", {"shortest": profile.shortest}
    if len(password) > LONGEST:
        yield "long", {"longest": LONGEST}
    if classes_of(password) < profile.classes:
        yield "classes", {"classes": profile.classes}
    if any(part.casefold() in password.casefold() for part in _own(login, name)):
        yield "personal", {}
    if len(set(password)) < FEWEST_DIFFERENT or any(common(form) for form in plain_forms(password)):
        yield "common", {}


def _own(login: str, name: str) -> Iterator[str]:
    """What everybody knows of the person. A Chinese name is two characters long already."""
    bare = name.partition("（")[0].strip()
    if len(login) >= SHORTEST_PART:
        yield login
    if len(bare) >= (SHORTEST_PART if bare.isascii() else SHORTEST_PART - 1):
        yield bare
