"""The invented county (示例县) of the manual: its rows, by the headings of the product's own templates. People are 虚构, everything is 示例.

``fill(template, rows)`` writes rows into a template that was downloaded from the product, as somebody with a spreadsheet would.
Codes of bodies are made up for tests and belong to nobody; items have none, for the product takes them empty.
"""

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Mapping[str, Sequence[Mapping[str, str]]]

NAME, SHORT_NAME = "示例县人民政府", "示例县"
ADMINISTRATORS = {"sysadmin": "系一民（虚构）", "secadmin": "安二民（虚构）", "auditadmin": "审三民（虚构）"}

CENTER = "示例镇便民服务中心"
TOWNSHIP = "示例镇人民政府"
HEALTH, CIVIL = "示例县卫生健康局", "示例县民政局"
REFORM, SERVICE = "示例县行政审批制度改革办公室", "示例县行政服务中心"
EFFICIENCY, JUSTICE, COUNTY_OFFICE = "示例县效能办", "示例县司法局", "示例县人民政府办公室"


def _rows(headings: str, *lines: str) -> list[dict[str, str]]:
    """Lines as one types them, cells between bars."""
    names = headings.split("|")
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines]


ORGANISATIONS = _rows(
    "机构编号|机构名称|简称|机构类型|上级机构|代码|承担职能|负责人职务",
    f"zhengfuban|{COUNTY_OFFICE}|县政府办|县直办公机构|{NAME}||县政府办|主任",
    f"shengaiban|{REFORM}|县审改办|县直办公机构|{NAME}||审改办|主任",
    f"xiaonengban|{EFFICIENCY}|县效能办|县直办公机构|{NAME}||效能办|主任",
    f"fuwuzhongxin|{SERVICE}|县行政服务中心|县直办公机构|{NAME}||行政服务中心|主任",
    f"sifaju|{JUSTICE}|县司法局|县直办公机构|{NAME}||司法局|局长",
    f"weijianju|{HEALTH}|县卫健局|县直部门|{NAME}|11350622MBTEXT013G||局长",
    f"minzhengju|{CIVIL}|县民政局|县直部门|{NAME}|11350622MBTEXT021B||局长",
    f"shilizhen|{TOWNSHIP}|示例镇|乡镇|{NAME}|11350622MBTEXT03X3||镇长",
    f"shilizhen-center|{CENTER}|示例镇便民服务中心|便民服务中心|{TOWNSHIP}|||主任",
)

# login, name, organisation, post
_STAFF = (
    ("lin-yifan", "林一帆", CENTER, "便民服务中心经办"),
    ("chen-erhe", "陈二禾", CENTER, "便民服务中心主任"),
    ("huang-sanmu", "黄三木", CENTER, "专用章保管人"),
    ("wu-siyuan", "吴四远", TOWNSHIP, "党政办经办"),
    ("zheng-wuyi", "郑五宜", TOWNSHIP, "法制审核员"),
    ("liu-liuhe", "刘六和", TOWNSHIP, "分管领导"),
    ("fang-qiming", "方七明", TOWNSHIP, "主要领导"),
    ("zhou-bajing", "周八景", HEALTH, "部门经办"),
    ("xu-jiuling", "许九龄", HEALTH, "部门领导"),
    ("he-shiquan", "何十全", CIVIL, "部门经办"),
    ("cai-baichuan", "蔡百川", CIVIL, "部门领导"),
    ("tang-qianli", "汤千里", REFORM, "审改办经办"),
    ("gao-wanshan", "高万山", REFORM, "审改办审核"),
    ("shen-jinbu", "沈锦步", EFFICIENCY, "效能办督查员"),
    ("xie-xiaokai", "谢小楷", SERVICE, "行政服务中心业务科经办"),
    ("zhang-dazhuan", "张大篆", SERVICE, "行政服务中心领导"),
    ("yang-zhongli", "杨中立", JUSTICE, "司法局合法性审查员"),
    ("luo-changqing", "罗长青", COUNTY_OFFICE, "县政府办经办"),
)
PEOPLE = _rows("人员编号|姓名|所在单位", *(f"{id}|{name}（虚构）|{place}" for id, name, place, _ in _STAFF))
POSTS = _rows("人员编号|岗位|任职单位|任免", *(f"{id}|{post}|{place}|担任" for id, _, place, post in _STAFF))

LEGAL_BASES = _rows(
    "依据编号|依据名称|效力层级|制定机关|效力状态|备注",
    "yj-1|示例省生育服务条例（示例）|地方性法规|示例省人民代表大会常务委员会|待核|示例，待县级核定",
    "yj-2|示例县困难群众救助办法（示例）|县级规范性文件|示例县人民政府|待核|示例，待县级核定",
)
FORMS = _rows(
    "表格编号|表格名称|所属单位|制定层级",
    f"biao-shengyu|生育服务登记表（示例）|{HEALTH}|省级",
    f"biao-jiuzhu|临时救助申请审批表（示例）|{CIVIL}|县级",
)
STATIONS = _rows(
    "站所编号|所在乡镇|站所名称|别名|状态",
    f"zs-nongji|{TOWNSHIP}|农业技术推广站|农技站；农技推广站|待查",
)
_COMMON = {
    "行使层级": "镇（乡、街道）级", "实施主体性质": "法定机关", "实施主体": TOWNSHIP, "服务对象": "自然人",
    "法定办结时限说明": "法律、法规没有规定（示例）", "承诺办结时限单位": "工作日", "办理形式": "窗口",
    "到办事现场次数": "1", "通办范围": "全镇", "办理地点": f"{CENTER}综合窗口", "办理时间": "工作日8:30—12:00，14:30—17:30",
    "咨询方式": f"{CENTER}综合窗口", "监督投诉方式": "示例县效能办", "是否进驻政务大厅": "是", "是否代办": "是", "是否收费": "否",
    "现用印章": "公章", "目标印章": "便民服务中心审核审批专用章", "备注": "示例，待县级核定",
}  # fmt: skip
ITEMS: list[dict[str, str]] = [
    _COMMON | {
        "事项编号": "shengyu-dengji", "事项名称": "生育登记（示例）", "县直对口部门": HEALTH, "事项类型": "公共服务",
        "权力来源": "法定本级行使", "设定依据（依据库）": "yj-1｜第十四条", "承诺办结时限": "1", "办件类型": "即办件",
        "受理条件": "夫妻一方户籍在本镇。", "结果类型": "登记、备案", "结果名称": "生育登记凭证", "申请表、审批表": "biao-shengyu",
        "申请材料": "身份证｜公安机关｜1｜0｜是\n结婚证｜民政部门｜1｜0｜否",
        "办理流程": "受理｜便民服务中心经办｜0｜材料齐全的当场受理\n登记、发证｜便民服务中心经办｜1｜加盖专用章",
    },
    _COMMON | {
        "事项编号": "linshi-jiuzhu", "事项名称": "临时救助初审（示例）", "县直对口部门": CIVIL, "事项类型": "行政给付",
        "权力来源": "法定本级行使", "设定依据（依据库）": "yj-2｜第八条", "承诺办结时限": "5", "办件类型": "承诺件",
        "受理条件": "家庭基本生活暂时出现严重困难。", "结果类型": "审核意见（初审、转报）", "结果名称": "初审意见",
        "申请表、审批表": "biao-jiuzhu", "申请材料": "身份证｜公安机关｜1｜1｜是\n申请书｜申请人｜1｜0｜是",
        "办理流程": "受理｜便民服务中心经办｜1｜材料齐全\n入户核实｜社会事务办｜3｜两人以上\n提出初审意见｜便民服务中心主任｜1｜加盖专用章",
    },
    _COMMON | {
        "事项编号": "laonian-zheng", "事项名称": "老年人优待登记（示例）", "县直对口部门": CIVIL, "事项类型": "公共服务",
        "权力来源": "上级下放", "下放（赋权、委托）文件文号": "示例政〔2026〕1号", "设定依据（依据库）": "yj-2｜第三条",
        "承诺办结时限": "2", "办件类型": "承诺件", "受理条件": "户籍在本镇的老年人。", "结果类型": "登记、备案", "结果名称": "登记凭证",
        "申请材料": "身份证｜公安机关｜1｜0｜是", "办理流程": "受理｜便民服务中心经办｜1｜材料齐全\n登记｜便民服务中心经办｜1｜加盖专用章",
    },
]  # fmt: skip
POWER_DOCUMENTS = _rows(
    "文件编号|文件类别|文号|标题|发文机关|成文日期|有效期起|涉及事项|适用乡镇|备注",
    "wj-2026-1|下放|示例政〔2026〕1号|关于下放老年人优待登记的通知（示例）|示例县人民政府|2026-01-05|2026-02-01"
    f"|laonian-zheng|{TOWNSHIP}|示例，不是真实文件",
)

PEOPLE_BOOK: Rows = {"机构": ORGANISATIONS, "人员": PEOPLE, "岗位任职": POSTS}
LIBRARY_BOOK: Rows = {
    "站所": STATIONS, "设定依据": LEGAL_BASES, "表格": FORMS, "事项": ITEMS, "下放文件": POWER_DOCUMENTS,
}  # fmt: skip
FILES = {"people.xlsx": PEOPLE_BOOK, "library.xlsx": LIBRARY_BOOK}
"""Name in docs/manual/example -> its rows."""


def fill(template: bytes, rows: Rows) -> bytes:
    """The template with these rows in place of its examples; KeyError for a worksheet or heading the template does not have."""
    book = load_workbook(io.BytesIO(template))
    for title, wanted in rows.items():
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        _write(sheet, wanted)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, wanted: Iterable[Mapping[str, str]]) -> None:
    columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
    sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(wanted, 2):
        for heading, text in row.items():
            cell = sheet.cell(number, columns[heading], text or None)
            cell.number_format = "@"
