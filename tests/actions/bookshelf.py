"""The item library on the stage: two departments and the reform office with invented people (虚构), and an item nothing is missing from."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from service.actions.describe_flow import DescribeFlow, describe_flow
from service.actions.put_item import PutItem, put_item
from service.actions.sort_item import SortItem, sort_item
from service.domain.cases import JobKind, MessageWait
from service.domain.errors import OneSealError
from service.domain.items import FlowStep, Item, Material, PowerSource
from service.domain.people import Holding, Organisation, OrgKind, Person
from service.store import cases, events, items, jobs, messages, notices, organisations, people
from service.store.events import StoredEvent
from tests.actions.stage import Stage, actor_of

STEPS = (FlowStep("受理", "综合窗口", 0), FlowStep("审核", "中心经办", 1, "材料齐全"))
WHOLE: dict[str, Any] = {
    "name": "临时救助", "department_id": "minzheng", "item_type": "05", "use_level": "5", "dept_type": "1",
    "implementing_body": "乡镇人民政府", "service_objects": ("1",), "power_source": PowerSource.STATUTORY,
    "legal_basis": "社会救助暂行办法", "promised_days": 3, "promised_unit": "workday", "statutory_note": "无法定时限",
    "handling_kind": "2", "ways": ("1",), "visits": 1, "region_scope": "4", "places": "综合窗口", "hours": "工作日",
    "contact": "窗口", "complaints": "县效能办", "in_hall": True, "agent_service": True, "fee": False,
    "conditions": "家庭困难", "materials": (Material("申请书"),), "result_kind": "opinion", "results": ("审核意见",),
    "current_seal": "official", "target_seal": "special",
}  # fmt: skip


def furnish(stage: Stage) -> None:
    """Once for each test: two departments with a clerk each, two clerks of the reform office beside its reviewer."""
    with stage.database.begin() as tx:
        for id, name in (("minzheng", "县民政局"), ("nongye", "县农业农村局")):
            organisations.add_organisation(tx, Organisation(id, name, name, OrgKind.DEPARTMENT, parent_id="yunxiao"))
            clerk = Person(f"{id}-clerk", f"{name}经办（虚构）", id, fictional=True)
            people.add_person(tx, clerk, holdings=(Holding("dept_clerk", id),))
        for id in ("reform-clerk", "reform-clerk2"):
            clerk = Person(id, f"{id}（虚构）", "shengaiban", fictional=True)
            people.add_person(tx, clerk, holdings=(Holding("reform_clerk", "shengaiban"),))


def put(stage: Stage, person: str = "minzheng-clerk", id: str = "jiuzhu", **said: Any) -> Item:
    return stage.act(person, put_item, PutItem(WHOLE | said, item_id=id, new=True))


def described(stage: Stage, **said: Any) -> Item:
    """An item that may be authorised."""
    put(stage, **said)
    stage.act("minzheng-clerk", sort_item, SortItem("jiuzhu"))
    return stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu", STEPS))


def newest(stage: Stage, id: str = "jiuzhu") -> Item:
    with stage.database.read() as tx:
        found = items.get_item(tx, id)
    assert found
    return found


def told(stage: Stage, chain: str) -> list[StoredEvent]:
    """The events of one chain, in order."""
    with stage.database.read() as tx:
        page = events.list_events(tx, limit=200)
    return sorted((e for e in page.items if e.sealed.chain == chain), key=lambda e: e.sealed.seq)


def eight(press: Callable[[], object]) -> list[str]:
    """Eight people press at once: what each got, sorted."""
    outcomes: list[str] = []

    def one() -> None:
        try:
            press()
            outcomes.append("done")
        except OneSealError as error:
            outcomes.append(error.code)

    threads = [Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)


def listening(stage: Stage, *item_ids: str, township: str = "huotian") -> str:
    """A case about these items that listens for 依据废止/事项取消; answers its id."""
    case = stage.start("clerk" if township == "huotian" else f"{township}-clerk", township=township).case
    with stage.database.begin() as tx:
        cases.set_subjects(tx, case.id, "item", item_ids)
        wait = MessageWait(case.id, 99, "x", kind="signal", name="item_basis_repealed", key="", created_at=stage.now)
        messages.add_waits(tx, [wait])
    return case.id


def deliveries(stage: Stage) -> list[str]:
    """Cases the machine will tell, sorted."""
    with stage.database.read() as tx:
        return sorted(job.case_id for job in jobs.list_jobs(tx, limit=200).items if job.kind is JobKind.DELIVER)


def notices_of(stage: Stage, person: str) -> list[str]:
    with stage.database.read() as tx:
        return [n.text for n in notices.list_notifications(tx, actor=actor_of(stage, person)).items]
