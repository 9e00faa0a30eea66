"""R03: a township box that insists on the 公章. Hit: ``乡（镇）人民政府意见（公章）``. No hit once it names the 专用章."""

import re
from collections.abc import Mapping

from handlers.forms.box import Box, Finding

TOWNSHIP = re.compile(r"乡\(镇\)(人民)?政府|乡镇(人民)?政府|镇(人民)?政府|乡(人民)?政府")


def check(box: Box, _stations: Mapping[str, str]) -> Finding | None:
    """Township government and 公章, and no 专用章."""
    text = box.plain
    if TOWNSHIP.search(text) and "公章" in text and "专用章" not in text:
        return Finding("R03", "to_fix", box.place, text)
    return None
