"""R02: a station gives an opinion without a seal: 行使职权 without 盖章, which the notice forbids as well (二(三)3).

Hit: ``乡(镇)民政所审核意见 签名: 时间:``. No hit: ``林业站留存一份``.
"""

from collections.abc import Mapping

from handlers.forms.box import Box, Finding
from handlers.forms.lexicon import affirmed, first_of, without_alive


def check(box: Box, _stations: Mapping[str, str]) -> list[Finding]:
    """A station and an opinion marker, no seal marker; clauses with a negation do not count."""
    text = without_alive(affirmed(box))
    station = first_of("stations", text) or first_of("look_up", text)
    if not station or not first_of("opinion_markers", text) or first_of("seal_markers", text):
        return []
    return [Finding("R02", "warning", box.place, box.plain, station)]
