"""Damaged deployments: either a bundle comes out or Refused with reasons, in less than two seconds of CPU; a bundle that was
accepted runs, or says as an EngineError why a step cannot be done.

The seed and the number are printed with a failure: ``ONESEAL_FUZZ_SEED=<seed>`` begins there and meets it first.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import pytest

from service.domain.posts import POSTS
from service.engine import forms, run
from service.engine.model import (
    Bundle,
    Command,
    Complete,
    Deliver,
    EngineError,
    FinishJob,
    Refused,
    Return,
    Start,
    Step,
    Wait,
    WakeTimer,
)
from service.engine.read import read_bundle
from tests.actions.stage import SMALL
from tests.engine.diagram import FORM, HANDLERS
from tests.engine.shipped import AT, NAMES, ROOT, files_of, listed_handlers
from tests.engine.test_stored_states import FOLDER
from tests.long.conftest import Tell
from tests.long.damage import ODD, VALUES, Damage
from tests.long.lengths import FUZZ_SECONDS, fuzz_seed

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(3600)]
MOST_CPU = 2.0
KNOWN = listed_handlers() | HANDLERS
HOUSE = {
    "case_id": "case-1", "business_key": "k", "initiator": "p", "township_id": "huotian", "township_name": "火田镇人民政府",
    "township_short": "火田", "center_id": "huotian-center", "department_id": "nongye", "department_name": "县农业农村局",
}  # fmt: skip
DEPLOYMENTS: tuple[Mapping[str, bytes], ...] = (
    *(files_of(name) for name in NAMES),
    {path.name: path.read_bytes() for path in sorted(SMALL.iterdir())},
    *({"main.bpmn": path.read_bytes(), "form.form": FORM} for path in sorted(FOLDER.glob("*.bpmn"))),
)
FORMS = tuple(path.read_bytes() for path in sorted(ROOT.rglob("*.form")))
STEPS = 12
NAMES_OF_VALUES = (
    "items",
    "exceptions",
    "legal_items",
    "director_decision",
    "county_decision",
    "decision",
    "n",
    "xs",
    "__class__",
)
T = TypeVar("T")


def within(do: Callable[..., T], *given: Any, **named: Any) -> T:
    """What ``do`` gives; an outlier is timed again, alone, since the machine may have been busy with something else."""
    begin = time.thread_time()
    found = do(*given, **named)
    spent = time.thread_time() - begin
    if spent > MOST_CPU:
        begin = time.thread_time()
        do(*given, **named)
        spent = min(spent, time.thread_time() - begin)
        assert spent <= MOST_CPU, f"{do.__name__} took {spent:.1f} s of CPU"
    return found


def accepted(files: Mapping[str, bytes]) -> Bundle | None:
    try:
        return read_bundle(files, handlers=KNOWN, posts=POSTS)
    except Refused as refusal:
        problems = refusal.problems
    assert problems
    assert all(p.message.encode() and p.rule and p.line >= 0 and p.column >= 0 for p in problems)
    return None


def play(bundle: Bundle, chance: random.Random) -> int:
    """Some steps of a case with odd values; answers how many could be done."""
    step = tried(bundle, None, Start(HOUSE | odd_values(chance)))
    waits: dict[int, Wait] = {}
    done = 0
    while step is not None and done < STEPS:
        done += 1
        for closed in step.closed:
            del waits[closed.number]
        waits |= {wait.number: wait for wait in step.opened}
        assert run.waits(bundle, step.state) == tuple(w for _, w in sorted(waits.items()))
        assert bool(waits) == (step.status == "active")
        state = step.state
        order = chance.sample(list(waits.values()), len(waits))
        tries = (tried(bundle, state, command_for(bundle, wait, chance)) for wait in order)
        step = next((found for found in tries if found), None)
    return done


def tried(bundle: Bundle, state: bytes | None, command: Command) -> Step | None:
    """The step, or None when it cannot be done; a fault of the engine's own is no reason."""
    try:
        return within(run.apply, bundle, state, command, at=AT)
    except EngineError as error:
        found = error
    assert found.code not in ("internal", "state"), (found.message, command)
    assert found.message
    return None


def command_for(bundle: Bundle, wait: Wait, chance: random.Random) -> Command:
    targets = bundle.elements[wait.element].return_to
    if wait.kind == "user" and targets and chance.random() < 0.3:
        return Return(wait.number, chance.choice(targets))
    if wait.kind == "timer":
        return WakeTimer(wait.number)
    if wait.kind == "job":
        return FinishJob(wait.number, odd_values(chance))
    return (Complete if wait.kind == "user" else Deliver)(wait.number, odd_values(chance))


def odd_values(chance: random.Random) -> dict[str, Any]:
    values = (*ODD, *VALUES, "agree", "refuse", 1, [], [{"item_id": "x", "item_class": "E1"}])
    return {name: chance.choice(values) for name in chance.sample(NAMES_OF_VALUES, chance.randrange(5))}


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
