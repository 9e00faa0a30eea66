"""人员与账号 over HTTP: who may, who may not, twice, at once, and what people see of it."""

import json
from typing import Any

import httpx
import pytest

from service.domain.people import Role
from service.store import people
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal
from tests.api.hall import LIN, PASSWORD, enter_lin, pending, sign_in, staffed

POSTS = {"posts": [{"post": "center_clerk", "organisation": "huotian-center"}], "auditor": False}
REASON = {"reason": "调离"}
SYSTEM = [
    ("POST", "/accounts", LIN | {"login": "wu"}),
    ("PUT", "/accounts/clerk", {"name": "甲（虚构）", "organisation": "heping"}),
    ("POST", "/accounts/clerk/deactivate", REASON),
]
SECURITY: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", "/accounts/lin/enable", None),
    ("PUT", "/accounts/clerk/posts", {"posts": [], "auditor": True}),
    ("PUT", "/accounts/lin/role", {"role": "audit_admin"}),
    ("POST", "/accounts/clerk/unlock", None),
    ("POST", "/accounts/clerk/password", None),
    ("DELETE", "/accounts/clerk/second-factor", None),
    ("GET", "/accounts/clerk/sessions", None),
    ("DELETE", "/accounts/clerk/sessions", None),
    ("DELETE", "/accounts/clerk/sessions/x", None),
    ("GET", "/accounts/clerk/tokens", None),
    ("DELETE", "/accounts/clerk/tokens", None),
    ("DELETE", "/accounts/clerk/tokens/x", None),
]
READING = [("GET", "/accounts", None), ("GET", "/accounts/clerk", None)]


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staffed(stage)


def _created(desk: Desk) -> dict[str, Any]:
    answer = desk.of("sysadmin").post("/accounts", json=LIN)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("method", "path", "body"), [*SYSTEM, *SECURITY])
def test_each_does_his_own_and_nobody_anothers(desk: Desk, method: str, path: str, body: dict[str, Any] | None) -> None:
    _created(desk)
    owner = "sysadmin" if (method, path, body) in SYSTEM else "secadmin"
    for person in {"sysadmin", "secadmin", "auditadmin", "clerk2", "reviewer"} - {owner}:
        found = refusal(desk.of(person).request(method, path, json=body), 403, "not-allowed")
        assert "管理员" in found["detail"]
    refusal(desk.nobody.request(method, path, json=body), 401, "not-signed-in")
    done = desk.of(owner).request(method, path, json=body)
    assert done.status_code in (200, 201, 204, 404, 409), done.text  # 404, 409: nothing there to end or unlock
    denied = desk.denied()
    assert len(denied) == 4
    assert {event.type for event in denied} == {"attempt.denied"}


@pytest.mark.parametrize(("method", "path", "body"), READING)
def test_the_three_look_and_nobody_else(desk: Desk, method: str, path: str, body: None) -> None:
    for person in ("sysadmin", "secadmin", "auditadmin"):
        assert desk.of(person).request(method, path).status_code == 200
    for person in ("clerk", "reviewer"):
        refusal(desk.of(person).request(method, path), 403, "not-allowed")
    refusal(desk.nobody.request(method, path), 401, "not-signed-in")


def test_from_nothing_to_a_first_day_at_work(desk: Desk) -> None:
    made = _created(desk)
    assert (made["state"], made["posts"], made["created_by"], made["organisation_name"]) == (
        "waiting", [], "sysadmin", "火田镇便民服务中心",
    )  # fmt: skip
    granted = desk.of("secadmin").put("/accounts/lin/posts", json=POSTS).json()
    assert [post["post_name"] for post in granted["posts"]] == ["便民服务中心经办"]
    enabled = desk.of("secadmin").post("/accounts/lin/enable").json()
    assert (enabled["account"]["state"], enabled["account"]["must_change"]) == ("enabled", True)
    browser = sign_in(desk, "lin", enabled["password"])
    assert pending(browser) == "password-change-needed"
    browser.post("/me/password", json={"current": enabled["password"], "new": "Wei-shan-72-river"})
    assert browser.post("/cases", json={"process": "small", "township": "huotian"}).status_code == 201
    shown = desk.of("auditadmin").get("/accounts/lin").json()
    assert (shown["must_change"], bool(shown["last_sign_in_at"]), shown["enabled_by"]) == (False, True, "secadmin")


def test_a_one_time_password_is_shown_once_and_kept_nowhere(desk: Desk, stage: Stage) -> None:
    password = enter_lin(desk)
    keyed = desk.of("secadmin").post("/accounts/clerk/password", headers={"Idempotency-Key": "k"})
    assert "Idempotency-Key" in refusal(keyed, 422, "invalid")["detail"]
    reset = desk.of("secadmin").post("/accounts/lin/password").json()["password"]
    assert reset != password
    shown = desk.of("secadmin").get("/accounts/lin").text
    with stage.database.read() as tx:
        for table in ("account", "event", "event_payload", "idempotency", "password_used"):
            shown += str(tx.connection.exec_driver_sql(f"SELECT * FROM {table}").all())
    assert password not in shown
    assert reset not in shown
    assert "argon2" not in desk.of("secadmin").get("/accounts").text


def test_a_key_gives_the_same_answer_and_one_person(desk: Desk) -> None:
    key = {"Idempotency-Key": "once"}
    first = desk.of("sysadmin").post("/accounts", json=LIN, headers=key)
    second = desk.of("sysadmin").post("/accounts", json=LIN, headers=key)
    assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
    refusal(desk.of("sysadmin").post("/accounts", json=LIN), 409, "conflict")


def test_eight_who_create_the_same_login_make_one(desk: Desk) -> None:
    admin = desk.of("sysadmin")
    assert at_once(lambda: admin.post("/accounts", json=LIN)) == [201, *[409] * 7]


def test_eight_who_enable_make_one_password(desk: Desk) -> None:
    _created(desk)
    admin = desk.of("secadmin")
    assert at_once(lambda: admin.post("/accounts/lin/enable")) == [200, *[409] * 7]


def test_an_older_version_is_refused(desk: Desk) -> None:
    _created(desk)
    seen = desk.of("secadmin").get("/accounts/lin").headers["etag"]
    assert seen == '"1"'
    done = desk.of("secadmin").put("/accounts/lin/posts", json=POSTS, headers={"If-Match": seen})
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    late = desk.of("sysadmin").put(
        "/accounts/lin", json={"name": "林", "organisation": "heping"}, headers={"If-Match": seen}
    )
    refusal(late, 412, "stale")


def test_every_fault_is_told_at_once(desk: Desk) -> None:
    wrong = {"login": "Lin Yi", "name": "", "organisation": "nowhere"}
    found = refusal(desk.of("sysadmin").post("/accounts", json=wrong), 422, "invalid")
    assert [fault["where"]["field"] for fault in found["faults"]] == ["login", "name", "organisation"]
    posts = {"posts": [{"post": "king", "organisation": "huotian"}, {"post": "center_clerk", "organisation": "heping"}]}
    _created(desk)
    found = refusal(desk.of("secadmin").put("/accounts/lin/posts", json=posts), 422, "invalid")
    assert [fault["where"]["position"] for fault in found["faults"]] == [1, 2]
    refusal(desk.of("secadmin").put("/accounts/lin/role", json={"role": "emperor"}), 422, "invalid")
    refusal(desk.of("sysadmin").post("/accounts", json=LIN | {"active": True}), 422, "invalid")


@pytest.mark.parametrize("path", ["/accounts/nobody", "/accounts/nobody/sessions", "/accounts/nobody/tokens"])
def test_an_unknown_person_is_not_found(desk: Desk, path: str) -> None:
    refusal(desk.of("secadmin").get(path), 404, "not-found")


def test_the_list_is_searched_and_goes_on_page_by_page(desk: Desk) -> None:
    _created(desk)
    admin = desk.of("sysadmin")
    assert [a["login"] for a in admin.get("/accounts?q=林一").json()["items"]] == ["lin"]
    assert [a["login"] for a in admin.get("/accounts?state=waiting").json()["items"]] == ["lin"]
    assert [a["login"] for a in admin.get("/accounts?role=security_admin").json()["items"]] == ["secadmin", "secadmin2"]
    found, after = list[str](), ""
    while True:
        page = admin.get(f"/accounts?limit=2{after}").json()
        found += [a["login"] for a in page["items"]]
        if not page["next"]:
            break
        after = f"&after={page['next']}"
    assert found == ["auditadmin", "clerk", "lin", "secadmin", "secadmin2", "sysadmin"]
    refusal(admin.get("/accounts?state=odd"), 422, "invalid")


def test_what_is_deactivated_is_out_at_once(desk: Desk) -> None:
    browser, program = sign_in(desk, "clerk"), desk.of("clerk")
    assert desk.of("sysadmin").post("/accounts/clerk/deactivate", json=REASON).status_code == 200
    refusal(browser.get("/me"), 401, "not-signed-in")
    refusal(program.get("/me"), 401, "not-signed-in")
    again = desk.browser().post("/session", json={"login": "clerk", "password": PASSWORD})
    assert refusal(again, 401, "not-signed-in")["detail"] == "登录名或密码不正确。"
    refusal(desk.of("sysadmin").post("/accounts/clerk/deactivate", json=REASON), 409, "conflict")


def test_a_change_of_posts_ends_the_session_and_counts_at_once_for_programs(desk: Desk) -> None:
    browser, program = sign_in(desk, "clerk"), desk.of("clerk")
    assert desk.of("secadmin").put("/accounts/clerk/posts", json={"posts": []}).status_code == 200
    refusal(browser.get("/me"), 401, "not-signed-in")
    assert program.get("/me").json()["posts"] == []
    refusal(program.post("/cases", json={"process": "small", "township": "huotian"}), 403, "not-allowed")


def test_who_becomes_an_administrator_does_no_business_any_more(desk: Desk) -> None:
    program = desk.of("clerk")
    desk.of("secadmin").put("/accounts/clerk/posts", json={"posts": []})
    assert desk.of("secadmin").put("/accounts/clerk/role", json={"role": "audit_admin"}).json()["role"] == "audit_admin"
    refusal(program.get("/me"), 401, "not-signed-in")
    assert sign_in(desk, "clerk").get("/accounts").status_code == 200


def test_nobody_lifts_himself_or_whom_he_made(desk: Desk, stage: Stage) -> None:
    refusal(desk.of("secadmin").put("/accounts/secadmin/posts", json=POSTS), 403, "not-allowed")
    refusal(desk.of("secadmin").put("/accounts/secadmin/role", json={"role": None}), 403, "not-allowed")
    _created(desk)
    with stage.database.begin() as tx:
        people.set_role(tx, "sysadmin", Role.SECURITY_ADMIN)
    for method, path, body in (
        ("POST", "/accounts/lin/enable", None), ("PUT", "/accounts/lin/posts", POSTS),
        ("PUT", "/accounts/lin/role", {"role": "audit_admin"}),
    ):  # fmt: skip
        found = refusal(desk.of("sysadmin").request(method, path, json=body), 403, "not-allowed")
        assert "由您建立" in found["detail"]


def test_the_last_of_a_kind_cannot_be_removed_in_any_way(desk: Desk) -> None:
    refusal(desk.of("sysadmin").post("/accounts/auditadmin/deactivate", json=REASON), 409, "conflict")
    refusal(desk.of("secadmin").put("/accounts/auditadmin/role", json={"role": None}), 409, "conflict")


def test_the_security_administrator_sees_and_ends_sessions_and_tokens(desk: Desk) -> None:
    browser, admin = sign_in(desk, "clerk", address="192.0.2.55"), desk.of("secadmin")
    desk.of("clerk").get("/me")
    (found,) = admin.get("/accounts/clerk/sessions").json()["items"]
    assert (found["address"], found["current"]) == ("192.0.2.55", False)
    assert admin.delete(f"/accounts/clerk/sessions/{found['id']}").status_code == 204
    refusal(browser.get("/me"), 401, "not-signed-in")
    browser = sign_in(desk, "clerk")
    assert admin.delete("/accounts/clerk/sessions").json()["sessions"] == 1
    refusal(browser.get("/me"), 401, "not-signed-in")
    (token,) = admin.get("/accounts/clerk/tokens").json()["items"]
    assert admin.delete(f"/accounts/clerk/tokens/{token['id']}").status_code == 204
    refusal(desk.of("clerk").get("/me"), 401, "not-signed-in")
    refusal(admin.delete(f"/accounts/clerk/tokens/{token['id']}"), 404, "not-found")


def test_a_lock_is_seen_and_taken_off(desk: Desk) -> None:
    def guess() -> httpx.Response:
        found: httpx.Response = desk.browser().post("/session", json={"login": "clerk", "password": "x"})
        return found

    for _ in range(5):
        guess()
    assert desk.of("secadmin").get("/accounts/clerk").json()["locked"] is True
    assert desk.of("secadmin").post("/accounts/clerk/unlock").json()["locked"] is False
    sign_in(desk, "clerk")
    refusal(desk.of("secadmin").post("/accounts/clerk/unlock"), 409, "conflict")


def test_auditors_read_who_did_what_in_the_accounts_chain(desk: Desk) -> None:
    enter_lin(desk)
    desk.of("sysadmin").post("/accounts/lin/deactivate", json=REASON)
    page = desk.of("auditadmin").get("/events?limit=200").json()["items"]
    told = [(e["type"], e["actor"]) for e in page if e["chain"] == "account/lin"]
    assert sorted(told) == sorted([
        ("account.created", "sysadmin"), ("posts.granted", "secadmin"), ("account.enabled", "secadmin"),
        ("account.deactivated", "sysadmin"),
    ])  # fmt: skip
    assert desk.of("auditadmin").get("/history/verification").json()["breaks"] == []
    assert json.dumps("林一（虚构）") not in json.dumps([e["body"] for e in page])


def test_the_posts_there_are_have_chinese_names_and_places(desk: Desk) -> None:
    found = {p["post"]: p for p in desk.of("clerk").get("/posts").json()["items"]}
    assert found["township_leader"] == {"post": "township_leader", "name": "主要领导", "kinds": ["township", "zone"]}
    refusal(desk.nobody.get("/posts"), 401, "not-signed-in")
