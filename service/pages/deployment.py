"""Files chosen in a browser have lost their folders: which path of the deployment each of them stands for."""

from collections.abc import Mapping
from pathlib import PurePosixPath


def placed(given: Mapping[str, bytes], before: Mapping[str, bytes], *, over: bool) -> dict[str, bytes]:
    """``given`` under the paths that ``before`` has for files of these names; ``over``: together with the others of before.

    A name that two files of before carry stays as it is: nobody could say which is meant.
    """
    names: dict[str, list[str]] = {}
    for path in before:
        names.setdefault(PurePosixPath(path).name, []).append(path)
    found = dict(before) if over else {}
    for name, content in given.items():
        known = names.get(PurePosixPath(name).name, [])
        found[name if name in before or len(known) != 1 else known[0]] = content
    return found
