"""In-app notices and receipts."""

from service.domain.items import Notification, Receipt
from service.domain.people import Actor, Holding
from service.store import notices
from service.store.session import Database, Transaction
from tests.store.county import NOW, add_cases, later

CLERK = Actor("clerk", "经办（虚构）", "huotian-center", (Holding("center_clerk", "huotian-center"),))


def notice(id: str, organisation: str | None, post: str, person: str | None = None) -> Notification:
    return Notification(
        id, "notice", organisation, post, person_id=person, case_id=None, task_id=None, text="文", created_at=NOW
    )


def seen(tx: Transaction, actor: Actor = CLERK) -> set[str]:
    return {n.id for n in notices.list_notifications(tx, actor=actor).items}


def test_a_notice_reaches_the_holders_of_the_post_there_or_the_one_person(county: Database) -> None:
    with county.begin() as tx:
        for made in (
            notice("post", "huotian-center", "center_clerk"),
            notice("other post", "huotian-center", "center_director"),
            notice("other place", "heping", "center_clerk"),
            notice("me", None, "", person="clerk"),
            notice("somebody else of my post", "huotian-center", "center_clerk", person="clerk2"),
            notice("nobody", None, ""),
        ):
            notices.add_notification(tx, made)
        assert seen(tx) == {"post", "me"}
        assert seen(tx, Actor("p", "无岗位（虚构）")) == set()
        assert notices.list_notifications(tx, actor=CLERK, limit=1).next is not None


def test_sending_a_document_twice_makes_one_receipt_and_confirming_twice_keeps_the_first(county: Database) -> None:
    receipt = Receipt("r", "a", "weijian", "通知", sent_at=NOW)
    with county.begin() as tx:
        add_cases(tx, "a")
        notices.add_receipt(tx, receipt)
        assert notices.confirm_receipt(tx, "r", at=later(days=1), by="p-weijian")
        notices.add_receipt(tx, receipt)
        assert not notices.confirm_receipt(tx, "r", at=later(days=2), by="p-nongye")
        assert not notices.confirm_receipt(tx, "unknown", at=NOW, by="p-nongye")
        found = notices.get_receipt(tx, "r")
    assert found == Receipt("r", "a", "weijian", "通知", NOW, later(days=1), "p-weijian")


def test_receipts_are_listed_by_case_and_by_receiver(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        for id, case, organisation in (("1", "a", "weijian"), ("2", "a", "nongye"), ("3", "b", "weijian")):
            notices.add_receipt(tx, Receipt(id, case, organisation, "通知", sent_at=later(days=int(id))))
        assert [r.id for r in notices.receipts_of(tx, "a")] == ["2", "1"]
        assert [r.id for r in notices.receipts_for(tx, ["weijian", "heping"]).items] == ["3", "1"]
        assert notices.receipts_for(tx, []).items == []
