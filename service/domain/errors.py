"""The error family: every refusal says what was wanted, of which thing, what was found and where.

The HTTP status of a code is a table at the door (``service/api/problems.py``); nothing here knows HTTP.
``code`` is stable and public; ``text`` is a key of the catalogue in ``service/domain/texts``.
"""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place: a form field, a diagram element, a row of an import."""

    code: str
    message: str
    where: Mapping[str, Any] = field(default_factory=dict)


class OneSealError(Exception):
    """Something the caller asked for cannot be done; the transaction is given up whole."""

    code = "error"

    def __init__(self, text: str, /, *, faults: Sequence[Fault] = (), **values: Any) -> None:
        self.text = text
        self.values = values
        self.faults = tuple(faults)
        super().__init__(say(text, **values))


class NotFound(OneSealError):
    """The thing named does not exist, or the caller may not know that it does."""

    code = "not-found"


class NotAllowed(OneSealError):
    """The caller may not do this; the reason is in the message and the attempt is recorded."""

    code = "not-allowed"


class NotSignedIn(OneSealError):
    """No valid session or token came with the request."""

    code = "not-signed-in"


class SecondFactorNeeded(OneSealError):
    """Half a sign-in: the password was right, the code of the second factor is still to come."""

    code = "second-factor-needed"


class PasswordChangeNeeded(OneSealError):
    """A one-time or an old password opens nothing but its own change."""

    code = "password-change-needed"


class SecondFactorSetupNeeded(OneSealError):
    """The county demands a second factor of this person, who has none yet."""

    code = "second-factor-setup-needed"


class Conflict(OneSealError):
    """Another was first, or the thing is no longer in the state the caller believed; says who and when."""

    code = "conflict"


class Stale(OneSealError):
    """If-Match named an older version of the thing."""

    code = "stale"


class Invalid(OneSealError):
    """The content is not acceptable; ``faults`` lists every problem with its place."""

    code = "invalid"


class KeyReused(OneSealError):
    """An Idempotency-Key came again with other content."""

    code = "idempotency-key-reused"


class TooLarge(OneSealError):
    """An upload or a body is over its limit."""

    code = "too-large"


class DiagramRefused(Invalid):
    """The deployment is refused; ``faults`` holds every problem: file, element, name, line, column."""

    code = "diagram-refused"


class Unavailable(OneSealError):
    """The database does not answer, is full, or two transactions stood in each other's way; nothing was done, try again."""

    code = "unavailable"


class StepFailed(OneSealError):
    """The engine could not finish the step (an expression, a limit); nothing was stored but an incident."""

    code = "step-failed"


def in_short(error: BaseException) -> str:
    """For logs and incidents. Our own refusals speak; of any other only class and place, for its text may hold a person's values."""
    name = type(error).__name__
    if isinstance(error, OneSealError):
        return f"{name}: {str(error)[:300]}"
    last = (traceback.extract_tb(error.__traceback__) or [None])[-1]
    return f"{name} ({PurePath(last.filename).name}:{last.lineno} {last.name})" if last else name


def way_to(error: BaseException) -> str:
    """Where it happened, frame by frame, without its text."""
    return "".join(traceback.format_tb(error.__traceback__))
