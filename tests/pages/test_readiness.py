"""The page 开局检查 and its place in the API."""

from tests.pages.visitor import Visit


def test_administrators_read_what_is_missing(visit: Visit) -> None:
    page = visit.of("sysadmin").open("/start-check")
    assert (page.status, page.heading) == (200, "开局检查")
    assert "开局条件还不具备" in page.text
    rows = {row[0]: row[1] for row in page.rows()}
    assert rows["流程部署"] == "缺少"
    assert "/start-check" in page.links().values()


def test_officers_and_strangers_do_not(visit: Visit) -> None:
    assert visit.of("clerk").open("/start-check").status == 403
    assert "/start-check" not in visit.of("clerk").open("/tasks").links().values()
    assert visit.nobody.open("/start-check").path.startswith("/sign-in")


def test_the_api_says_the_same(visit: Visit) -> None:
    found = visit.desk.of("sysadmin").get("/readiness").json()
    assert found["ready"] is False
    assert {"processes", "items"} <= {check["key"] for check in found["checks"] if check["state"] == "lacking"}
    assert visit.desk.of("clerk").get("/readiness").status_code == 403
    assert visit.nobody.client.get("/api/v1/readiness").status_code == 401
