"""Rules about one box, one file each: ``check(box, stations) -> findings``. ``stations``: name -> 撤销文号 or empty."""

from collections.abc import Callable, Mapping

from handlers.forms.box import Box, Finding
from handlers.forms.rules import r01, r02, r03, r04, r05

Rule = Callable[[Box, Mapping[str, str]], list[Finding]]
RULES: tuple[Rule, ...] = (r05.check, r01.check, r02.check, r03.check, r04.check)


def check_box(box: Box, stations: Mapping[str, str]) -> list[Finding]:
    """All findings of one box."""
    return [finding for rule in RULES for finding in rule(box, stations)]
