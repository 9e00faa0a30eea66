"""How long the long runs are: the full length unless the environment says otherwise.

ONESEAL_FUZZ_SECONDS (300) for all fuzzing together; ONESEAL_FAULTS_SHARE and ONESEAL_LONG_SHARE (1.0), such as 0.1 for a tenth;
ONESEAL_FUZZ_SEED plays a fuzzing run again.
"""

import os
import random

FUZZ_SECONDS = float(os.environ.get("ONESEAL_FUZZ_SECONDS", "300"))
FAULTS_SHARE = float(os.environ.get("ONESEAL_FAULTS_SHARE", "1"))
LONG_SHARE = float(os.environ.get("ONESEAL_LONG_SHARE", "1"))


def fuzz_seed() -> int:
    """The given seed, or a new one; whoever takes it prints it."""
    return int(os.environ.get("ONESEAL_FUZZ_SEED") or random.SystemRandom().randrange(1, 10**6))


def share(full: int, of: float, *, least: int = 1) -> int:
    """``full`` at its full length, less when only a share is wanted."""
    return max(least, round(full * of))
