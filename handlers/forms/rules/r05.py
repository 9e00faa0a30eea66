"""R05: words that refuse the special seal. The notice: no reason whatever to refuse it (二(三)1).

Hit: ``须加盖镇政府公章，专用章无效``. No hit: ``加盖便民服务中心审核审批专用章``, ``合同专用章无效``, ``须加盖县人民政府公章``.
"""

import re
from collections.abc import Mapping

from handlers.forms.box import Box, Finding

_NEAR = "[^。；;,，]{0,12}"
_OUR_SEAL = "(?<!合同)(?<!财务)(?<!发票)专用章"
_COUNTY_UP = "(?<!县)(?<!市)(?<!省)(?<!县人民)(?<!市人民)(?<!省人民)"
_TOWNSHIP = f"({_COUNTY_UP}政府|乡镇?|镇)"
REFUSALS = re.compile(
    f"{_OUR_SEAL}(一律)?无效"
    f"|仅限(加盖)?({_NEAR}{_TOWNSHIP})?公章"
    f"|(须|必须|应当?)加盖{_NEAR}{_TOWNSHIP}公章"
    f"|不得使用{_NEAR}{_OUR_SEAL}"
    "|其他印章(一律)?无效"
    f"|不(予)?认可{_NEAR}{_OUR_SEAL}"
)


def check(box: Box, _stations: Mapping[str, str]) -> list[Finding]:
    """Refusal wording anywhere in the box."""
    found = REFUSALS.search(box.plain)
    return [Finding("R05", "severe", box.place, found.group())] if found else []
