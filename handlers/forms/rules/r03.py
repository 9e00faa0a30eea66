"""R03: a township box that insists on the 公章. Hit: ``乡（镇）人民政府意见（公章）``. No hit once it names the 专用章."""

import re
from collections.abc import Mapping

from handlers.forms.box import Box, Finding
from handlers.forms.lexicon import affirmed

TOWNSHIP = re.compile(r"[乡镇](\)|\((镇|街道|区|管理区)\))?(人民)?政府")


def check(box: Box, _stations: Mapping[str, str]) -> list[Finding]:
    """Township government and 公章, and no 专用章."""
    text = affirmed(box)
    if TOWNSHIP.search(text) and "公章" in text and "专用章" not in text:
        return [Finding("R03", "to_fix", box.place, box.plain)]
    return []
