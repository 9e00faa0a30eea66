"""Named places where a test can let the process die, to prove that nothing is lost and nothing done twice.

``ONESEAL_FAILPOINT=before_commit:3`` kills the process the third time it comes by. Unset, a point costs one dictionary look-up.
"""

import os
import signal
from collections import Counter

_seen: Counter[str] = Counter()


def point(name: str) -> None:
    """Die here when the environment says so, without cleaning up, as a power cut would."""
    wanted = os.environ.get("ONESEAL_FAILPOINT")
    if not wanted:
        return
    at, _, times = wanted.partition(":")
    if at == name:
        _seen[name] += 1
        if _seen[name] >= int(times or 1):
            os.kill(os.getpid(), signal.SIGKILL)
