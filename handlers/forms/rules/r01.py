"""R01: a township station's seal box. The notice: stations abolished in writing may no longer stamp or exercise power (二(三)3).

Severe only when the registry holds the 撤销文号; otherwise to be looked up. Hit: ``农技站意见（盖章）``, ``原农机站（盖章）``.
No hit: ``加油站（盖章）``, ``无需农技站盖章``, ``公安派出所（盖章）``.
"""

from collections.abc import Mapping

from handlers.forms.box import Box, Finding
from handlers.forms.lexicon import affirmed, all_of, first_of, without_alive


def check(box: Box, stations: Mapping[str, str]) -> list[Finding]:
    """A finding for each station in a box that has a seal marker; clauses with a negation do not count."""
    text = without_alive(affirmed(box))
    if not first_of("seal_markers", text):
        return []
    named = [*all_of("stations", text), *all_of("look_up", text), *all_of("placeholders", text)]
    return [_finding(box, station, stations) for station in named]


def _finding(box: Box, station: str, stations: Mapping[str, str]) -> Finding:
    if stations.get(station):
        return Finding("R01", "severe", box.place, box.plain, station)
    return Finding("R01?", "look_up", box.place, box.plain, station)
