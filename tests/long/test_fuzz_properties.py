"""Every property test of the engine and the domain, with as many examples as the time allows."""

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, is_hypothesis_test, seed, settings

import tests.domain
import tests.engine
from tests.long.conftest import Tell
from tests.long.lengths import FUZZ_SECONDS, fuzz_seed

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(3600)]
SHARE = 0.5  # of the time for all fuzzing
HEAVY = 6  # a case played to its end needs more time than a date
BATCH = 50  # examples between two looks at the clock
SETTINGS = settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
Property = Callable[..., None]


def properties() -> Iterator[tuple[str, Property]]:
    """Whatever is a property test there, found, not listed: a new one is fuzzed from its first day on."""
    for room in (tests.engine, tests.domain):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            found = importlib.import_module(module.name) if ".test_" in module.name else None
            for name, value in sorted(vars(found).items() if found else ()):
                if name.startswith("test_") and is_hypothesis_test(value):
                    yield f"{module.name.removeprefix('tests.')}.{name.removeprefix('test_')}", value


FOUND = dict(properties())
WEIGHTS = {name: HEAVY if name.startswith("engine.test_properties.") else 1 for name in FOUND}


def test_it_finds_the_properties() -> None:
    assert "engine.test_properties.it_comes_to_its_end_after_any_return" in FOUND
    assert "engine.feel.test_generated_expressions.it_gives_a_value_or_a_feel_error" in FOUND
    assert "engine.forms.test_any_submission.it_answers_whatever_is_submitted" in FOUND
    assert len(FOUND) > 15


def again(known: Any, number: int) -> Property:
    """The same test with what its @given was told, under our settings and seed instead of its own."""
    inner = known.hypothesis.inner_test
    bare = FunctionType(inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__, inner.__closure__)
    made: Property = seed(number)(SETTINGS(given(**known.hypothesis._given_kwargs)(bare)))
    return made


@pytest.mark.parametrize("name", FOUND)
def test_it_holds_for_many_more_examples(name: str, tell: Tell) -> None:
    known: Any = FOUND[name]
    first = fuzz_seed()
    batches, end = 0, time.monotonic() + FUZZ_SECONDS * SHARE * WEIGHTS[name] / sum(WEIGHTS.values())
    tell(f"ONESEAL_FUZZ_SEED={first} {name}")
    while not batches or time.monotonic() < end:
        try:
            again(known, first + batches)()
        except BaseException:
            tell(f"failed with ONESEAL_FUZZ_SEED={first + batches}")
            raise
        batches += 1
    tell(f"  {batches * BATCH} examples")
