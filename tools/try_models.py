"""Tries what others have drawn: every diagram below a folder is read as if it were deployed, and told what becomes of it.

python -m tools.try_models FOLDER [--most N] [--each]

Each .bpmn, .bpmn20.xml or .xml file is a deployment of its own, with the handlers and forms that it names, since those are never in a collection. What
is accepted has passed the comparison of drawing and compilation. Exit 1 when a file was neither accepted nor refused, or took too long.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.domain.posts import POSTS
from service.engine.model import Refused
from service.engine.read import read_bundle

ENDINGS = (".bpmn", ".bpmn20.xml", ".bpmn2.xml", ".bpmn2")
MOST_CPU = 2.0
HANDLER = re.compile(rb'oneseal:handler="([^"]{1,100})"')
FORM_KEY = re.compile(rb'camunda:formKey="([A-Za-z0-9_.-]{1,100})"')
NAMED = re.compile(r"[“「'\"][^”」'\"]*[”」'\"]|\d+|\b[A-Za-z_][\w.:-]*")


@dataclass(frozen=True)
class Outcome:
    """``reasons``: (rule, message) of the problems. ``fault``: an exception that should not be."""

    path: Path
    seconds: float
    reasons: frozenset[tuple[str, str]] = frozenset()
    fault: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.try_models", description="Read every diagram below a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=20, help="so many reasons are listed")
    parser.add_argument("--each", action="store_true", help="a line for each file too")
    given = parser.parse_args()
    found = [outcome(path) for path in models(given.folder)]
    print("\n".join(report(found, most=given.most, each=given.each)))
    return 1 if any(o.fault or o.seconds > MOST_CPU for o in found) else 0


def models(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*")) if p.name.endswith(ENDINGS) and p.is_file())


def outcome(path: Path) -> Outcome:
    content = path.read_bytes()
    forms = {id.decode() for id in FORM_KEY.findall(content)}
    files = {f"{id}.form": f'{{"type": "default", "id": "{id}", "components": []}}'.encode() for id in forms}
    handlers = {id.decode(errors="replace") for id in HANDLER.findall(content)}
    begin = time.thread_time()
    reasons: frozenset[tuple[str, str]] = frozenset()
    fault = ""
    try:
        read_bundle({"main.bpmn": content, **files}, handlers=handlers, posts=POSTS)
    except Refused as refused:
        reasons = frozenset((p.rule, p.message) for p in refused.problems)
    except Exception as error:  # this is what is looked for
        fault = f"{type(error).__name__}: {error}"[:200]
    return Outcome(path, time.thread_time() - begin, reasons, fault)


def report(found: list[Outcome], *, most: int, each: bool) -> Iterator[str]:
    """In how many files each reason stands; names and numbers are left out of it, but for the elements and attributes themselves."""
    for one in found if each else ():
        yield f"{_word(one):9} {one.seconds:6.2f} s  {one.path}"
    counts = Counter(map(_word, found))
    yield f"{len(found)} files: " + ", ".join(f"{counts[word]} {word}" for word in ("accepted", "refused", "FAILED"))
    reasons = Counter(reason for one in found for reason in {_reason(*r) for r in one.reasons})
    alone = Counter(min(kinds) for one in found if len(kinds := {_reason(*r) for r in one.reasons}) == 1)
    yield f"{'files':>6} {'alone':>6}  reason"
    yield from (f"{count:6} {alone[reason]:6}  {reason}" for reason, count in reasons.most_common(most))
    yield from (f"FAILED {one.path}: {one.fault}" for one in found if one.fault)
    slowest = sorted(found, key=lambda one: -one.seconds)[:3]
    yield "slowest: " + ", ".join(f"{one.path.name} {one.seconds:.2f} s" for one in slowest)


def _word(one: Outcome) -> str:
    return "FAILED" if one.fault else "refused" if one.reasons else "accepted"


def _reason(rule: str, message: str) -> str:
    return f"{rule}: {message if rule in ('element', 'attribute') else NAMED.sub('…', message)}"[:150]


if __name__ == "__main__":
    sys.exit(main())
