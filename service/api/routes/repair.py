"""强制处理: where a case waits, what a skip, a jump or a change of variables would do, and doing it to the version that was seen."""

from fastapi import Response

from service.actions.frame import Frame
from service.actions.jump_token import JumpToken, jump_token
from service.actions.look_at_repair import look_at_repair
from service.actions.preview_force import PreviewForce, preview_force
from service.actions.preview_variables import PreviewVariables, preview_variables
from service.actions.set_variables import SetVariables, set_variables
from service.actions.skip_wait import SkipWait, skip_wait
from service.api.door import Answer, Door, respond
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import repair as shapes
from service.domain.cases import Case

router = new_router("repair")


@router.get("/cases/{case_id}/repair", response_model=shapes.RepairShown)
def show(door: Door, case_id: str) -> Response:
    """Where the case waits, and what the caller may do there by force."""

    def look(frame: Frame) -> Answer:
        view = look_at_repair(frame, case_id)
        return Answer(shapes.repair(view), version=view.case.version)

    return respond(door.read(look))


@router.post("/cases/{case_id}/repair/preview", response_model=shapes.ForeseenShown, responses=WRITE_PROBLEMS)
def preview(door: Door, case_id: str, body: shapes.ForceGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """What a skip or jump would close and open. Nothing is written; the ETag goes into the order's If-Match."""

    def look(frame: Frame) -> Answer:
        found = preview_force(frame, PreviewForce(case_id, body.number, body.target))
        return Answer(shapes.foreseen(found), version=found.version)

    return respond(door.read(look))


@router.post(
    "/cases/{case_id}/variables/preview", response_model=shapes.VariablesForeseenShown, responses=WRITE_PROBLEMS
)
def preview_change(
    door: Door, case_id: str, body: shapes.VariablesWanted, idempotency_key: IdempotencyKey = None
) -> Response:
    """Old and new values. Nothing is written."""

    def look(frame: Frame) -> Answer:
        found = preview_variables(frame, PreviewVariables(case_id, body.set, body.remove, body.number))
        return Answer(shapes.variables_foreseen(found), version=found.version)

    return respond(door.read(look))


@router.post("/cases/{case_id}/skip", response_model=shapes.ForcedShown, responses=WRITE_PROBLEMS)
def skip(
    door: Door, case_id: str, body: shapes.SkipGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """强制跳过 a job, timer, signal or named message. If-Match is needed."""
    order = SkipWait(case_id, body.number, body.reason, door.if_match)
    return door.write(lambda frame: _answer(skip_wait(frame, order).case))


@router.post("/cases/{case_id}/jump", response_model=shapes.ForcedShown, responses=WRITE_PROBLEMS)
def jump(
    door: Door, case_id: str, body: shapes.JumpGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """强制跳转 to another place of the same scope. If-Match is needed."""
    order = JumpToken(case_id, body.number, body.target, body.reason, door.if_match)
    return door.write(lambda frame: _answer(jump_token(frame, order).case))


@router.post("/cases/{case_id}/variables", response_model=shapes.ForcedShown, responses=WRITE_PROBLEMS)
def change(
    door: Door, case_id: str, body: shapes.VariablesGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """修改变量. If-Match is needed."""
    order = SetVariables(case_id, body.set, body.reason, body.remove, body.number, door.if_match)
    return door.write(lambda frame: _answer(set_variables(frame, order).case))


def _answer(case: Case) -> Answer:
    shown = shapes.ForcedShown(case=case.id, status=case.status.value, version=case.version)
    return Answer(shown, version=case.version)
