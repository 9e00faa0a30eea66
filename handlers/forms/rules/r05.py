"""R05: words that refuse the special seal. The notice: no reason whatever to refuse it (二(三)1).

Hit: ``须加盖镇政府公章，专用章无效``. No hit: ``加盖便民服务中心审核审批专用章``.
"""

import re
from collections.abc import Mapping

from handlers.forms.box import Box, Finding

REFUSALS = re.compile(
    r"专用章(一律)?无效|仅限(加盖)?[^。；;,，]{0,12}公章|(须|必须|应当?)加盖[^。；;,，]{0,12}(政府|乡镇?|镇)公章"
    r"|不得使用[^。；;,，]{0,12}专用章|其他印章(一律)?无效|不(予)?认可[^。；;,，]{0,12}专用章"
)


def check(box: Box, _stations: Mapping[str, str]) -> Finding | None:
    """Refusal wording anywhere in the box."""
    found = REFUSALS.search(box.plain)
    return Finding("R05", "severe", box.place, found.group()) if found else None
