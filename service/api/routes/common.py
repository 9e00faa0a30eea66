"""What all routers share: strict reading of bodies, and the problems every route may answer with."""

from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from service.api.bodies import StrictRoute
from service.api.problems import MEDIA_TYPE

IfMatch = Annotated[
    str | None, Header(alias="If-Match", description='Version last seen, as `"3"`; another version answers 412.')
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="The same key and request again gives the stored answer; other content 422.",
    ),
]


class FaultShown(BaseModel):
    """One thing wrong in one place."""

    code: str
    message: str
    where: dict[str, Any] = Field(default_factory=dict)


class ProblemShown(BaseModel):
    """RFC 9457. `code` is stable, `detail` is for people."""

    type: str = Field(examples=["urn:oneseal:problem:conflict"])
    title: str
    status: int
    code: str
    detail: str
    faults: list[FaultShown] = Field(default_factory=list)


def _example(code: str, status: int, detail: str) -> dict[str, Any]:
    value = {"type": f"urn:oneseal:problem:{code}", "title": detail, "status": status, "code": code, "detail": detail}
    return {"model": ProblemShown, "description": detail, "content": {MEDIA_TYPE: {"example": value}}}


READ_PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: _example("not-signed-in", 401, "尚未登录"),
    403: _example("not-allowed", 403, "没有权限"),
    404: _example("not-found", 404, "没有找到"),
    422: _example("invalid", 422, "内容不符合要求"),
}
WRITE_PROBLEMS: dict[int | str, dict[str, Any]] = READ_PROBLEMS | {
    400: _example("invalid", 400, "请求内容无法读取"),
    409: _example("conflict", 409, "与他人的操作冲突"),
    412: _example("stale", 412, "内容已被更新"),
    413: _example("too-large", 413, "内容过大"),
}


def new_router(tag: str) -> APIRouter:
    return APIRouter(tags=[tag], route_class=StrictRoute, responses=READ_PROBLEMS)
