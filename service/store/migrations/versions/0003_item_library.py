"""Item library"""

from alembic import op
import sqlalchemy as sa


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = (
    "implementing_body", "statutory_note", "promised_note", "places", "hours", "contact", "complaints", "fee_basis",
    "conditions", "intermediary", "quantity_limit", "change_note",
)  # fmt: skip
SHORT = {
    "item_type": 16, "use_level": 16, "dept_type": 16, "implementing_code": 50, "business_code": 50,
    "local_catalog_code": 50, "local_task_code": 50, "statutory_unit": 16, "promised_unit": 16, "handling_kind": 16,
    "special_procedure": 16, "region_scope": 16, "target_seal": 16, "made_by": 64,
}  # fmt: skip
LISTS = ("citations", "service_objects", "ways", "flow", "results", "materials", "joint_departments", "tags")
UNSAID = {
    "statutory_days": sa.Integer, "promised_days": sa.Integer, "visits": sa.Integer, "fee": sa.Boolean,
    "in_hall": sa.Boolean, "agent_service": sa.Boolean, "planned_from": sa.Date, "planned_until": sa.Date,
}  # fmt: skip

# A stored version of an item never changes, and one that a department signed or a township authorised never goes. A later migration
# that copies the table must make these triggers again.
USED = """EXISTS (SELECT 1 FROM authorisation a WHERE a.item_id = OLD.id AND a.item_version = OLD.version)
       OR EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'sign_off' AND v.subject_id = OLD.id
                  AND v.subject_version = OLD.version)"""
SQLITE_TRIGGERS = (
    """CREATE TRIGGER item_no_update BEFORE UPDATE ON item
       BEGIN SELECT RAISE(ABORT, 'a version of an item never changes'); END""",
    f"""CREATE TRIGGER item_no_delete BEFORE DELETE ON item WHEN {USED}
       BEGIN SELECT RAISE(ABORT, 'this version of the item was signed or authorised'); END""",
    # INSERT OR REPLACE deletes the old row without asking the triggers for DELETE.
    """CREATE TRIGGER item_no_replace BEFORE INSERT ON item
       WHEN EXISTS (SELECT 1 FROM item WHERE id = NEW.id AND version = NEW.version)
       BEGIN SELECT RAISE(ABORT, 'a version of an item never changes'); END""",
)
POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION keep_item_version() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP <> 'DELETE' THEN RAISE EXCEPTION 'a version of an item never changes'; END IF;
         IF {USED} THEN RAISE EXCEPTION 'this version of the item was signed or authorised'; END IF;
         RETURN OLD;
       END $$""",
    """CREATE TRIGGER item_no_change BEFORE UPDATE OR DELETE ON item
       FOR EACH ROW EXECUTE FUNCTION keep_item_version()""",
    """CREATE TRIGGER item_no_truncate BEFORE TRUNCATE ON item
       FOR EACH STATEMENT EXECUTE FUNCTION keep_item_version()""",
    "ALTER TABLE item ENABLE ALWAYS TRIGGER item_no_change",
    "ALTER TABLE item ENABLE ALWAYS TRIGGER item_no_truncate",
)

GB39046 = "GB/T 39046—2020"
PLATFORM = "全国一体化政务服务平台数据字典"
# dictionary -> (source, ((code, label), ...)); the national lists disagree in places, so a county may change labels and add codes.
DICTIONARIES = {
    "item_type": (GB39046 + " A.1", (
        ("00", "行政权力"), ("01", "行政许可"), ("02", "行政处罚"), ("03", "行政强制"), ("04", "行政征收"), ("05", "行政给付"),
        ("06", "行政检查"), ("07", "行政确认"), ("08", "行政奖励"), ("09", "行政裁决"), ("10", "其他行政权力"), ("20", "公共服务"),
    )),
    "use_level": (GB39046 + " A.2", (
        ("1", "国家级"), ("2", "省级"), ("3", "市级"), ("4", "县级"), ("5", "镇（乡、街道）级"), ("6", "村（社区）级"), ("7", "分级管理"),
    )),
    "dept_type": (GB39046 + " A.3", (("1", "法定机关"), ("2", "授权组织"), ("3", "受委托组织"), ("9", "其他"))),
    "service_object": (GB39046 + " A.4", (
        ("1", "自然人"), ("2", "企业法人"), ("3", "事业法人"), ("4", "社会组织法人"), ("5", "行政机关"), ("6", "其他"),
    )),
    "way": (GB39046 + " A.5", (("1", "窗口"), ("2", "电脑端"), ("3", "移动端"), ("4", "快递"), ("9", "其他"))),
    "handling_kind": (GB39046 + " A.6", (("1", "即办件"), ("2", "承诺件"), ("9", "其他"))),
    "special_procedure": (GB39046 + " A.7", (("1", "延长审批"), ("2", "其他"))),
    "satisfaction": (GB39046 + " A.8", (
        ("1", "非常满意"), ("2", "满意"), ("3", "基本满意"), ("4", "不满意"), ("5", "非常不满意"),
    )),
    "step_action": (GB39046 + " 表7", (("1", "通过"), ("2", "退回"), ("9", "其他"))),
    "step_status": (GB39046 + " 表7", (("1", "待办"), ("2", "已办"))),
    "power_source": (PLATFORM, (
        ("1", "法定本级行使"), ("2", "上级下放"), ("3", "上级授权"), ("4", "同级授权"), ("5", "上级委托"), ("6", "同级委托"),
    )),
    "item_status": (PLATFORM, (("1", "在用"), ("2", "暂停"), ("3", "取消"))),
    "region_scope": (PLATFORM, (
        ("1", "全国"), ("2", "全省"), ("3", "全市"), ("4", "全县"), ("5", "全镇"), ("6", "跨村"),
    )),
    "four_tags": ("云政办〔2022〕28号", (("1", "马上办"), ("2", "网上办"), ("3", "就近办"), ("4", "一次办"))),
    "basis_level": ("", (
        ("law", "法律"), ("regulation", "行政法规"), ("local_regulation", "地方性法规"), ("department_rule", "部门规章"),
        ("government_rule", "地方政府规章"), ("state_document", "国家规范性文件"), ("province_document", "省级规范性文件"),
        ("city_document", "市级规范性文件"), ("county_document", "县级规范性文件"),
    )),
}  # fmt: skip


def upgrade() -> None:
    _elements_of_items()
    _marks()
    _registers()
    _triggers()
    _dictionaries()


def _elements_of_items() -> None:
    """Items that are there already say nothing about the new elements yet."""
    for name in TEXTS:
        op.add_column("item", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name, length in SHORT.items():
        op.add_column("item", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    for name in LISTS:
        op.add_column("item", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    for name, kind in UNSAID.items():
        op.add_column("item", sa.Column(name, kind(), nullable=True))
    op.add_column("item", sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))


def _marks() -> None:
    op.create_table(
        "item_mark",
        sa.Column("item_id", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sorting", sa.String(length=16), nullable=False),
        sa.Column("sorted_by", sa.String(length=64), nullable=False),
        sa.Column("sorted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("described_by", sa.String(length=64), nullable=False),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=64), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id", "version"], ["item.id", "item.version"], name=op.f("fk_item_mark_item_id_version")
        ),
        sa.PrimaryKeyConstraint("item_id", "version", name=op.f("pk_item_mark")),
    )
    op.create_index(op.f("ix_item_mark_sorting"), "item_mark", ["sorting"])


def _registers() -> None:
    op.create_table(
        "legal_basis",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("issuers", sa.Text(), nullable=False),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("repealed_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("successor_id", sa.String(length=160), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_basis")),
    )
    op.create_table(
        "power_document",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("item_ids", sa.Text(), nullable=False),
        sa.Column("township_ids", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_document")),
    )
    op.create_table(
        "station",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("township_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("abolition_number", sa.Text(), nullable=False),
        sa.Column("abolished_on", sa.Date(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["township_id"], ["organisation.id"], name=op.f("fk_station_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
    )
    op.create_index(op.f("ix_station_township_id"), "station", ["township_id"])
    op.create_table(
        "dictionary_entry",
        sa.Column("dictionary", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dictionary", "code", name=op.f("pk_dictionary_entry")),
    )


def _triggers() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        op.execute(sa.text(statement))


def _dictionaries() -> None:
    entry = sa.table(
        "dictionary_entry",
        *(sa.column(name, sa.String()) for name in ("dictionary", "code", "label", "source")),
        *(sa.column(name, sa.Integer()) for name in ("position", "version")),
        sa.column("active", sa.Boolean()),
    )
    rows = [
        {"dictionary": name, "code": code, "label": label, "position": n, "active": True, "source": source, "version": 1}
        for name, (source, entries) in DICTIONARIES.items()
        for n, (code, label) in enumerate(entries, start=1)
    ]
    op.bulk_insert(entry, rows)


def downgrade() -> None:
    raise NotImplementedError("a schema only goes forward; restore a backup instead")
