"""What a person of the story has before them when they sit down, and the part they play."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from service.domain.texts import say

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """A task as the person sees it.

    ``given``: the values the task shows. ``today`` and ``opened_on``: Shanghai dates of now and of when the task was opened.
    ``name(login)``: how the service calls a person. ``upload(file name, content)``: hands in a file, gives its id.
    """

    given: Mapping[str, Any]
    today: date
    opened_on: date
    name: Callable[[str], str]
    upload: Callable[[str, bytes], str]
    department: str = ""

    def rows(self, name: str) -> list[Row]:
        """A list among the given values, as copies."""
        return [dict(row) for row in self.given.get(name) or () if isinstance(row, Mapping)]

    def number(self, key: str) -> str:
        """An example 文号 of this year."""
        return say(f"story.number.{key}", year=self.today.year)


def nothing(_scene: Scene) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Part:
    """Who does a step and with what. ``{department}`` in ``person`` is the department of the case.

    ``fill`` gives the form's values, ``act`` what else the act carries (paper number, dates, opinion).
    ``rest_weekdays``: the step is done that many weekdays after it was opened, so that a paper act can lie before its entry.
    """

    person: str
    fill: Callable[[Scene], dict[str, Any]]
    act: Callable[[Scene], dict[str, Any]] = nothing
    rest_weekdays: int = 0

    def player(self, department: str) -> str:
        return self.person.format(department=department)

    def earliest(self, opened_on: date) -> date:
        """The first day on which the step is done."""
        day = opened_on
        for _ in range(self.rest_weekdays):
            day = weekday_after(day)
        return day


def only(rows: Sequence[Row], *names: str) -> list[Row]:
    """Rows with just these fields: a form takes back no more than it asks for."""
    return [{name: row[name] for name in names if name in row} for row in rows]


def weekday_after(day: date) -> date:
    """The next day that is no Saturday or Sunday."""
    following = day + timedelta(days=1)
    while following.weekday() > 4:
        following += timedelta(days=1)
    return following


def iso(day: date) -> str:
    return day.isoformat()
