"""The tour: one batch of 火田镇 from its list to the end of its trial, over HTTP, told as a story and checked at the end."""

import time
from dataclasses import dataclass

from rich.console import Console

from service.demo.client import Client, TourFailed
from service.demo.driver import Driver
from service.demo.expectations import Expectation, Inspection, Outcome
from service.demo.reader import Reader
from service.demo.telling import OnEvent
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class Result:
    """``steps``: human steps done in all cases of the story, those of an earlier run included."""

    steps: int
    seconds: float
    outcome: Outcome

    @property
    def failed(self) -> tuple[Expectation, ...]:
        return self.outcome.failed


def play_story(client: Client, *, pace: float, on_event: OnEvent) -> Result:
    """Begin, or go on where the cases stand, to the end; then look whether all came out as it must. TourFailed says where it stopped."""
    began = time.monotonic()
    driver = Driver(client, on_event, pace)
    family = driver.play()
    outcome = Inspection(client, driver.cases, family, driver.stages).outcome()
    return Result(driver.done, time.monotonic() - began, outcome)


def play(*, base_url: str, password: str, pace: float, database: str, console: Console) -> bool:
    """Play and print; the last line gives steps, seconds and database. False when a step or an expectation failed."""
    reader, began = Reader(console), time.monotonic()
    try:
        with Client(base_url, password) as client, reader:
            result = play_story(client, pace=pace, on_event=reader.hear)
    except TourFailed as error:
        reader.line(say("tour.failed", why=str(error)), style="bold red")
        reader.line(say("tour.last", steps="-", seconds=f"{time.monotonic() - began:.1f}", database=database))
        return False
    reader.outcome(result.outcome)
    key = "tour.result.failed" if result.failed else "tour.result.held"
    reader.line(say(key, count=len(result.outcome.expectations), failed=len(result.failed)), style="bold")
    reader.line(say("tour.last", steps=result.steps, seconds=f"{result.seconds:.1f}", database=database))
    return not result.failed
