"""R01: a township station's seal box. The notice: stations abolished in writing may no longer stamp or exercise power (二(三)3).

Severe only when the registry holds the 撤销文号; otherwise to be looked up. Hit: ``农技站意见（盖章）``, ``原农机站（盖章）``.
No hit: ``加油站（盖章）``, ``无需农技站盖章``, ``公安派出所（盖章）``.
"""

from collections.abc import Mapping

from handlers.forms.box import Box, Finding
from handlers.forms.lexicon import first_of, without_alive


def check(box: Box, stations: Mapping[str, str]) -> Finding | None:
    """A station and a seal marker in the same box, and no negation."""
    text = without_alive(box.plain)
    if not first_of("seal_markers", text) or first_of("negations", text):
        return None
    if first_of("look_up", text):
        return Finding("R01?", "look_up", box.place, box.plain, first_of("look_up", text))
    station = first_of("stations", text) or first_of("placeholders", text)
    if not station:
        return None
    level = "severe" if stations.get(station) else "look_up"
    return Finding("R01" if level == "severe" else "R01?", level, box.place, box.plain, station)
