"""What only an administrator does: asked by verb, refused with the reason."""

from service.actions.frame import Frame
from service.domain.administration import may
from service.domain.errors import NotAllowed


def administer(frame: Frame, verb: str) -> None:
    """NotAllowed with the reason, unless one of the actor's roles carries ``verb``."""
    verdict = may(frame.actor, verb)
    if not verdict:
        raise NotAllowed("refusal", reason=verdict.reason, verdict=verdict.code, verb=verb)
