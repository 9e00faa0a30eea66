"""R04: a township box with a seal of no named kind: the centre's seal is acceptable, an equivalence note helps.

Hit: ``镇政府意见（盖章）``. R04b: a township opinion without any seal.
"""

from collections.abc import Mapping

from handlers.forms.box import Box, Finding
from handlers.forms.lexicon import affirmed, first_of
from handlers.forms.rules.r03 import TOWNSHIP


def check(box: Box, _stations: Mapping[str, str]) -> list[Finding]:
    """Township government with 盖章 but neither 公章 nor 专用章, or with an opinion and no seal."""
    text = affirmed(box)
    if not TOWNSHIP.search(text) or "公章" in text or "专用章" in text:
        return []
    if first_of("seal_markers", text):
        return [Finding("R04", "hint", box.place, box.plain)]
    return [Finding("R04b", "hint", box.place, box.plain)] if first_of("opinion_markers", text) else []
