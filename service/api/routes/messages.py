"""Messages to cases that wait, and signals to all that listen."""

from typing import Any

from fastapi import Response
from pydantic import ConfigDict, Field

from service.actions.broadcast_signal import BroadcastSignal, broadcast_signal
from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.actions.frame import Frame
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes.base import Given, Shown

router = new_router("messages")


class MessageGiven(Given):
    """A message reaches the cases whose waiting place computed this very key."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "batch_withdrawn", "key": "0192...", "data": {}}]}
    )

    name: str = Field(max_length=200)
    key: str = Field(max_length=400)
    case: str | None = Field(None, max_length=64)
    data: dict[str, Any] = Field(default_factory=dict)


class SignalGiven(Given):
    """A signal reaches every case that listens; `item` narrows it to cases about that item."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "item_basis_repealed", "item": "linmu-caifa", "data": {"repealed": "示例"}}]
        },
    )

    name: str = Field(max_length=200)
    item: str = Field("", max_length=200)
    data: dict[str, Any] = Field(default_factory=dict)


class DeliveriesShown(Shown):
    """Ids of the delivery jobs, one for each case reached."""

    jobs: list[str]


@router.post("/messages", response_model=DeliveriesShown, responses=WRITE_PROBLEMS)
def message(door: Door, body: MessageGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """404 when no case I may see waits for it."""

    def act(frame: Frame) -> Answer:
        made = correlate_message(frame, CorrelateMessage(body.name, body.key, body.data, body.case))
        return Answer(DeliveriesShown(jobs=list(made)))

    return door.write(act, thing=f"{body.name}/{body.key}")


@router.post("/signals", response_model=DeliveriesShown, responses=WRITE_PROBLEMS)
def signal(door: Door, body: SignalGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """依据废止、事项取消: from 县审改办 to all running cases."""

    def act(frame: Frame) -> Answer:
        return Answer(
            DeliveriesShown(jobs=list(broadcast_signal(frame, BroadcastSignal(body.name, body.data, body.item))))
        )

    return door.write(act, thing=body.name)
