"""Damaged deployments: either a bundle comes out or Refused with reasons, in less than two seconds of CPU; a bundle that was
accepted runs, or says as an EngineError why a step cannot be done.

The seed and the number are printed with a failure: ``ONESEAL_FUZZ_SEED=<seed>`` begins there and meets it first.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from service.engine import forms
from tests.actions.stage import SMALL
from tests.engine.diagram import FORM
from tests.engine.shipped import AT, NAMES, ROOT, files_of
from tests.engine.test_stored_states import FOLDER
from tests.long.conftest import Tell
from tests.long.damage import VALUES, Damage
from tests.long.lengths import FUZZ_SECONDS, fuzz_seed
from tests.long.playing import accepted, play, within

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(3600)]
DEPLOYMENTS: tuple[Mapping[str, bytes], ...] = (
    *(files_of(name) for name in NAMES),
    {path.name: path.read_bytes() for path in sorted(SMALL.iterdir())},
    *({"main.bpmn": path.read_bytes(), "form.form": FORM} for path in sorted(FOLDER.glob("*.bpmn"))),
)
FORMS = tuple(path.read_bytes() for path in sorted(ROOT.rglob("*.form")))


def damaged(files: Mapping[str, bytes], number: int) -> tuple[Damage, list[str]]:
    """One to six things changed; most often one, since many are refused for the first of them."""
    damage = Damage(files, random.Random(number))
    return damage, [damage.once() for _ in range(damage.chance.choice((1, 1, 1, 2, 3, 6)))]


def numbers(seconds: float, tell: Tell, what: str) -> Iterator[int]:
    """As many as the time allows, from the seed on; the one that failed is told."""
    first = number = fuzz_seed()
    end = time.monotonic() + seconds
    tell(f"ONESEAL_FUZZ_SEED={first} {what}")
    while number == first or time.monotonic() < end:
        yield number
        number += 1


def test_a_damaged_deployment_is_refused_or_runs(tell: Tell) -> None:
    seen: Counter[str] = Counter()
    for number in numbers(FUZZ_SECONDS * 0.4, tell, "deployments"):
        files = DEPLOYMENTS[number % len(DEPLOYMENTS)]
        damage, told = damaged(files, number)
        try:
            bundle = within(accepted, damage.files)
            seen["steps"] += play(bundle, damage.chance) if bundle else 0
        except BaseException as error:
            raise AssertionError(f"ONESEAL_FUZZ_SEED={number}: {told}") from error
        seen["accepted" if bundle else "refused"] += 1
    tell(f"  {seen['accepted']} accepted with {seen['steps']} steps, {seen['refused']} refused")
    assert seen["accepted"] + seen["refused"] < 200 or (seen["accepted"] > 5 and seen["refused"] > 5), seen


def test_a_damaged_form_is_refused_or_checks_whatever_is_submitted(tell: Tell) -> None:
    seen: Counter[str] = Counter()
    for number in numbers(FUZZ_SECONDS * 0.1, tell, "forms"):
        damage, told = damaged({"a.form": FORMS[number % len(FORMS)]}, number)
        content = damage.files.get("a.form", b"")
        try:
            form, problems = within(forms.read_form, content, "a.form")
            assert form or problems
            if form and not problems:
                submit(form, damage.chance)
        except BaseException as error:
            raise AssertionError(f"ONESEAL_FUZZ_SEED={number}: {told}") from error
        seen["refused" if problems else "accepted"] += 1
    tell(f"  {seen['accepted']} accepted, {seen['refused']} refused")
    assert seen["accepted"] + seen["refused"] < 200 or (seen["accepted"] > 5 and seen["refused"] > 5), seen


def submit(form: Mapping[str, Any], chance: random.Random) -> None:
    """Odd values for its own fields, against odd values of the case."""
    components = [c for c in form.get("components", ()) if isinstance(c, dict)]
    names = sorted({str(c.get(name)) for c in components for name in ("key", "path")})
    for _ in range(3):
        data, current = ({n: chance.choice(VALUES) for n in names if chance.random() < 0.7} for _ in range(2))
        found = within(forms.check, form, data, current=current, at=AT)
        assert not (found.faults and found.data)
        assert all(fault.code and fault.message.encode() for fault in found.faults)
