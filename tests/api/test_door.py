"""What every route has in common: problems, headers, health, and a complete description."""

import re
from typing import cast

from service.actions.parts.bundles import BundleCache
from service.api.examples import EXAMPLES
from service.api.problems import STATUS
from service.api.shapes.base import Shown
from service.domain import errors
from service.domain.errors import OneSealError
from service.domain.texts import TEXTS
from tests.actions.stage import Stage
from tests.api.desk import Desk, refusal

ROOT = "http://oneseal.test"


def test_unknown_paths_and_methods_are_problems_too(desk: Desk) -> None:
    refusal(desk.of("clerk").get("/nothing"), 404, "not-found")
    refusal(desk.of("clerk").delete("/me"), 405, "method-not-allowed")


def test_every_error_of_the_house_has_a_status_and_a_title() -> None:
    family = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, OneSealError)]
    assert {kind.code for kind in family} <= set(STATUS)
    assert {f"problem.{code}" for code in STATUS} <= set(TEXTS)


def test_answers_tell_browsers_to_be_careful_and_carry_an_id(desk: Desk) -> None:
    answer = desk.of("clerk").get("/me", headers={"X-Request-Id": "abc-1"})
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    strange = desk.of("clerk").get("/me", headers={"X-Request-Id": "a b\tc"}).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", strange)


def test_the_front_door_says_where_to_go(desk: Desk) -> None:
    answer = desk.nobody.get(f"{ROOT}/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_health_needs_nobody(desk: Desk) -> None:
    assert desk.nobody.get(f"{ROOT}/healthz").json() == {"status": "ok"}
    assert desk.nobody.get(f"{ROOT}/readyz").json() == {"status": "ready"}


def test_it_is_not_ready_with_another_schema(desk: Desk, stage: Stage) -> None:
    with stage.database.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'other'")
    answer = desk.nobody.get(f"{ROOT}/readyz")
    assert (answer.status_code, "other" in answer.json()["why"]) == (503, True)


def test_a_defect_of_ours_tells_no_inner_story(desk: Desk) -> None:
    desk.house.bundles = cast(BundleCache, None)
    problem = refusal(desk.of("clerk").post("/cases", json={"process": "small", "township": "huotian"}), 500, "error")
    assert "NoneType" not in str(problem)


SECRET = re.compile(
    r"/api/v1(/session|/session/second-factor|/tokens|/sessions|/sessions/\{\w+\}|/me/.*|/accounts/\{person\}/(enable|password))"
)
"""What answers with a secret or sets the cookie is never kept, so a key is refused."""


def test_the_description_is_complete(desk: Desk) -> None:
    described = desk.nobody.get("/openapi.json").json()
    operations = [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if path.startswith("/api/")
    ]
    assert len(operations) >= 45
    for path, method, operation in operations:
        assert operation.get("description") or operation.get("summary"), path
        wanted = {"401", "403", "404", "422"} | ({"409", "412", "413"} if method != "get" else set())
        assert wanted <= set(operation["responses"]), (path, method)
        if method in ("post", "put", "delete") and not SECRET.fullmatch(path):
            assert "Idempotency-Key" in {p["name"] for p in operation.get("parameters", [])}, path
    given = [
        s for name, s in described["components"]["schemas"].items() if name.endswith("Given") and name != "ActGiven"
    ]
    assert given
    assert all(schema.get("examples") and schema["additionalProperties"] is False for schema in given)


def test_everything_that_goes_out_has_an_example_that_fits(desk: Desk) -> None:
    shown = {
        kind.__name__: kind for kind in _all_shown(Shown) if "[" not in kind.__name__ and kind.__name__ != "Listed"
    }
    assert set(EXAMPLES) == set(shown)
    for name, example in EXAMPLES.items():
        shown[name].model_validate(example)
    schemas = desk.nobody.get("/openapi.json").json()["components"]["schemas"]
    assert all(schemas[name].get("examples") for name in EXAMPLES)


def _all_shown(kind: type[Shown]) -> list[type[Shown]]:
    return [found for below in kind.__subclasses__() for found in (below, *_all_shown(below))]
