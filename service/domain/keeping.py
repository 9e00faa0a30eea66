"""How long what is kept beside the history is kept. The history itself, and all records of business, are never deleted in this version."""

from dataclasses import dataclass
from datetime import timedelta

CHAIN = "keeping"  # of the history: backups taken and brought back, upgrades, what was tidied away


@dataclass(frozen=True, slots=True)
class Retention:
    """Spans after which rows may go. What is sealed (acts, sign-ins, refused attempts) has none.

    网络安全法第二十一条 wants network logs kept for six months at least: sign-ins and refused attempts are sealed, so they stay, and
    ``failures`` (sign-ins that failed, those of unknown names among them) has a span that is never shorter. ``attempts``: sign-ins
    begun at another provider and not finished.
    """

    answers: timedelta = timedelta(days=7)
    sessions: timedelta = timedelta(days=30)
    notices: timedelta = timedelta(days=365)
    uploads: timedelta = timedelta(days=30)
    failures: timedelta = timedelta(days=190)
    attempts: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many rows went of each kind. ``tries``: failed and unfinished sign-ins. ``files``: contents that nothing refers to any more, of ``bytes`` together."""

    answers: int = 0
    sessions: int = 0
    notices: int = 0
    uploads: int = 0
    files: int = 0
    bytes: int = 0
    tries: int = 0

    @property
    def rows(self) -> int:
        return self.answers + self.sessions + self.notices + self.uploads + self.files + self.tries
