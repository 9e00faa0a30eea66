"""Five hundred rows of each kind as a county would hand them in, and twenty faults planted among them, each in a row of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
ROWS = 500


@dataclass(frozen=True)
class Field:
    """``row(n)`` is the n-th good row, ``faults``: (what is put into the row, heading of the column that must be named)."""

    person: str
    row: Callable[[int], Row]
    faults: tuple[tuple[Mapping[str, Any], str], ...]


def sown(field: Field) -> tuple[list[Row], dict[int, str]]:
    """All rows with the faults in them, and row of the sheet -> heading that must be named there."""
    rows = [field.row(n) for n in range(ROWS)]
    expected = {}
    for number, (change, heading) in enumerate(field.faults):
        at = 20 + number * 23
        rows[at] |= change
        expected[at + 2] = heading  # below the headings
    return rows, expected


def _organisation(n: int) -> Row:
    return {"id": f"bm-{n}", "name": f"县第{n}局", "short_name": f"第{n}局", "kind": "县直部门", "parent_id": "yunxiao",
            "code": "", "office": "", "head_title": "局长"}  # fmt: skip


ORGANISATIONS = Field(
    "sysadmin", _organisation,
    (
        ({"id": ""}, "机构编号"), ({"id": "县局"}, "机构编号"), ({"id": "BM 43"}, "机构编号"), ({"id": "bm-1"}, "机构编号"),
        ({"id": "b" * 61}, "机构编号"), ({"name": ""}, "机构名称"), ({"name": "县第2局"}, "机构名称"), ({"name": "=A1"}, "机构名称"),
        ({"name": "火田镇"}, "机构名称"), ({"short_name": "  "}, "简称"), ({"kind": "局"}, "机构类型"), ({"kind": ""}, "机构类型"),
        ({"kind": "县人民政府", "parent_id": ""}, "机构类型"), ({"parent_id": "不存在的县"}, "上级机构"), ({"parent_id": ""}, "上级机构"),
        ({"parent_id": "huotian"}, "上级机构"), ({"code": "35062210"}, "代码"), ({"code": "11350622MBTEXT013A"}, "代码"),
        ({"code": 1135062200000000000}, "代码"), ({"office": "督查室"}, "承担职能"),
    ),
)  # fmt: skip


def _person(n: int) -> Row:
    return {
        "id": f"renyuan-{n}",
        "name": f"人员{n}（虚构）",
        "organisation_id": "火田镇便民服务中心" if n % 2 else "heping",
    }


PEOPLE = Field(
    "sysadmin", _person,
    (
        *(({"id": bad}, "人员编号") for bad in ("", "张三", "zhang san!", "renyuan-3", "-a", "Zhang", "a" * 61, "=B2", "a/b", "sysadmin")),
        *(({"name": bad}, "姓名") for bad in ("", "   ", "=1+1", "长" * 61, "a\x07b")),
        *(({"organisation_id": bad}, "所在单位") for bad in ("", "没有的单位", "=A2", "huotian-centre", "火田")),
    ),
)  # fmt: skip


def _post(n: int) -> Row:
    posts = ("便民服务中心经办", "便民服务中心主任", "专用章保管人")
    return {
        "person_id": f"p-{n // 3}",
        "post": posts[n % 3],
        "organisation_id": "huotian-center",
        "state": "" if n % 2 else "担任",
    }


POSTS = Field(
    "secadmin", _post,
    (
        *(({"person_id": bad}, "人员编号") for bad in ("", "nobody", "=A2", "没有这个人", "p-999", "sysadmin", "p - x")),
        *(({"post": bad}, "岗位") for bad in ("", "经办", "镇长", "=A3", 5, "center")),
        *(({"organisation_id": bad}, "任职单位") for bad in ("", "没有的单位", "=C2", "huotian-centre", "火田")),
        *(({"state": bad}, "任免") for bad in ("是", "调离")),
    ),
)  # fmt: skip


def _station(n: int) -> Row:
    return {"id": f"zs-{n}", "township_id": "huotian" if n % 2 else "和平镇", "name": f"第{n}站", "aliases": f"站{n}；所{n}",
            "status": "已撤销", "abolition_number": f"云政办〔2019〕{n + 1}号", "abolished_on": "2019-12-31", "successor": "", "note": ""}  # fmt: skip


STATIONS = Field(
    "reviewer", _station,
    (
        ({"id": ""}, "站所编号"), ({"id": "站"}, "站所编号"), ({"id": "zs-0"}, "站所编号"), ({"township_id": ""}, "所在乡镇"),
        ({"township_id": "nowhere"}, "所在乡镇"), ({"township_id": "shengaiban"}, "所在乡镇"), ({"name": ""}, "站所名称"),
        ({"name": "第1站", "township_id": "huotian"}, "站所名称"), ({"name": "=A1"}, "站所名称"), ({"status": "没了"}, "状态"),
        ({"abolition_number": ""}, "撤销文号"), ({"abolition_number": "2019年28号"}, "撤销文号"),
        ({"abolition_number": "云政办〔2019〕第028号"}, "撤销文号"), ({"status": "并入"}, "承接单位"), ({"status": "更名"}, "承接单位"),
        ({"abolished_on": "2019-02-30"}, "撤销日期"), ({"abolished_on": "十二月"}, "撤销日期"), ({"abolished_on": 43830}, "撤销日期"),
        ({"note": "长" * 1_001}, "备注"), ({"aliases": "长" * 101}, "别名"),
    ),
)  # fmt: skip


def _basis(n: int) -> Row:
    return {"id": f"yj-{n}", "name": f"示例办法之{n}", "number": f"示例政〔2020〕{n + 1}号", "level": "县级规范性文件", "issuers": "示例县",
            "articles": "第一条", "effective_on": "2020-01-01", "status": "有效", "note": ""}  # fmt: skip


BASES = Field(
    "reviewer", _basis,
    (
        *(({"id": bad}, "依据编号") for bad in ("", "法", "yj-0", "YJ", "=A1")), *(({"name": bad}, "依据名称") for bad in ("", "=A1", "长" * 1_001)),
        *(({"number": bad}, "文号") for bad in ("示例政2020-1", "示例政〔2020〕01号", "示例政〔2020〕1号", "第1号", "=1")),
        *(({"level": bad}, "效力层级") for bad in ("省里的", "=A1")), *(({"effective_on": bad}, "施行日期") for bad in ("去年", "2020-13-01")),
        *(({"status": bad}, "效力状态") for bad in ("已废止", "在用")), ({"issuers": "长" * 201}, "制定机关"),
    ),
)  # fmt: skip


def _form(n: int) -> Row:
    return {
        "id": f"bg-{n}",
        "name": f"示例申请表{n}",
        "owner_id": "minzheng" if n % 2 else "县nongye局",
        "level": "省级",
    }


FORMS = Field(
    "reviewer", _form,
    (
        *(({"id": bad}, "表格编号") for bad in ("", "表", "bg-0", "BG", "=A1", "a b!")),
        *(({"name": bad}, "表格名称") for bad in ("", "=A1", "长" * 201, "a\x01")),
        *(({"owner_id": bad}, "所属单位") for bad in ("", "没有的局", "=A1", "minzhengju")),
        *(({"level": bad}, "制定层级") for bad in ("", "部级", "=A1", "省", 3, "provincal")),
    ),
)  # fmt: skip


def _item(n: int) -> Row:
    return {
        "id": f"sx-{n}", "name": f"示例事项{n}", "department_id": "minzheng" if n % 2 else "县nongye局", "item_type": "行政确认",
        "power_source": "法定本级行使", "catalog_code": "", "task_code": "", "implementing_code": "11350622MBTEXT013G",
        "power_document": "", "statutory_days": 20, "statutory_unit": "工作日", "promised_days": 10, "promised_unit": "工作日",
        "fee": "否", "materials": "身份证｜公安机关｜0｜1｜是\n申请表", "flow": "受理｜经办｜1｜齐全", "form_ids": "", "citations": "",
        "result_kind": "登记、备案", "current_seal": "公章", "seal_by_law": "否", "planned_from": "2026-01-01", "in_hall": "是",
    }  # fmt: skip


ITEMS = Field(
    "reviewer", _item,
    (
        ({"id": ""}, "事项编号"), ({"id": "sx-0"}, "事项编号"), ({"id": "事项"}, "事项编号"), ({"name": ""}, "事项名称"),
        ({"name": "示例事项1", "department_id": "minzheng"}, "事项名称"), ({"department_id": "民政"}, "县直对口部门"),
        ({"item_type": "确认"}, "事项类型"), ({"power_source": "7"}, "权力来源"), ({"catalog_code": "350700000"}, "基本编码"),
        ({"implementing_code": "11350622MBTEXT013A"}, "实施主体编码"), ({"power_document": "云政办2022-28"}, "下放（赋权、委托）文件文号"),
        ({"promised_days": "十天"}, "承诺办结时限"), ({"promised_days": 30}, "承诺办结时限"), ({"statutory_unit": "天"}, "法定办结时限单位"),
        ({"fee": "不收"}, "是否收费"), ({"materials": "｜公安"}, "申请材料"), ({"form_ids": "biao-x"}, "申请表、审批表"),
        ({"citations": "没有的法｜第一条"}, "设定依据（依据库）"), ({"result_kind": "奖状"}, "结果类型"), ({"planned_from": "2026-02-30"}, "计划生效日期"),
    ),
)  # fmt: skip


def _document(n: int) -> Row:
    return {"id": f"wj-{n}", "kind": "下放", "number": f"示例政〔2021〕{n + 1}号", "title": f"关于下放事项的通知之{n}（示例）", "issuer": "示例县",
            "dated": "2021-06-01", "valid_from": "2021-07-01", "valid_to": "", "item_ids": "", "township_ids": "huotian；和平镇", "note": ""}  # fmt: skip


DOCUMENTS = Field(
    "reviewer", _document,
    (
        *(({"id": bad}, "文件编号") for bad in ("", "文", "wj-0")), *(({"kind": bad}, "文件类别") for bad in ("", "交办", "=A1")),
        *(({"number": bad}, "文号") for bad in ("", "示例政2021-1", "示例政〔2021〕1号", "国务院令第1号")),
        *(({"title": bad}, "标题") for bad in ("", "=A1")), ({"issuer": ""}, "发文机关"), ({"dated": "六月"}, "成文日期"),
        ({"valid_from": "2021/7/32"}, "有效期起"), ({"valid_to": "2021-06-30"}, "有效期止"), ({"item_ids": "sx-x"}, "涉及事项"),
        ({"township_ids": "minzheng"}, "适用乡镇"), ({"township_ids": "nowhere"}, "适用乡镇"), ({"note": "a\x02"}, "备注"),
    ),
)  # fmt: skip

FIELDS: Mapping[str, Field] = {
    "organisations": ORGANISATIONS,
    "people": PEOPLE,
    "posts": POSTS,
    "stations": STATIONS,
    "legal_bases": BASES,
    "forms": FORMS,
    "items": ITEMS,
    "power_documents": DOCUMENTS,
}
