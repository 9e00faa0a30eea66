"""What handlers may ask to be done, in the transaction that finishes the job. ``data`` is the handler's output and may be completed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.ensuring import ensure_case, ensure_sign_offs
from service.domain.cases import Case
from service.domain.errors import Invalid
from service.domain.items import Authorisation, AuthorisationStatus, Notification, Receipt, Seal, Verdict
from service.domain.texts import say
from service.store import cases, items, ledger, notices, organisations

# Whoever opens the mail of the organisation: in a county office its own post, else the department's clerk.
CLERK = "clerk"
CLERKS = {
    "reform_office": "reform_clerk", "service_center": "service_clerk", "efficiency_office": "efficiency_inspector",
    "justice_bureau": "legal_officer", "county_office": "county_clerk",
}  # fmt: skip
Effect = Callable[[Frame, Case, dict[str, Any], dict[str, Any]], None]


def _notify(frame: Frame, case: Case, values: dict[str, Any], _data: dict[str, Any]) -> None:
    notices.add_notification(
        frame.tx,
        Notification(
            id=frame.new_id(),
            kind=values.get("kind", "notice"),
            organisation_id=values.get("organisation_id"),
            post=_post(frame, values),
            person_id=values.get("person_id"),
            case_id=case.id,
            task_id=None,
            text=values["text"],
            created_at=frame.now,
        ),
    )


def _post(frame: Frame, values: dict[str, Any]) -> str:
    post: str = values.get("post", "")
    if post != CLERK:
        return post
    receiver = organisations.get_organisation(frame.tx, values["organisation_id"])
    return CLERKS.get(receiver.office if receiver else "", "dept_clerk")


def _send_document(frame: Frame, case: Case, values: dict[str, Any], data: dict[str, Any]) -> None:
    """A receipt for every receiver, and a notice to its clerks."""
    for organisation_id in values["organisation_ids"]:
        receipt = Receipt(
            f"{case.id}-{organisation_id}", case.id, organisation_id, document=values["document"], sent_at=frame.now
        )
        notices.add_receipt(frame.tx, receipt)
        told = {"kind": "delivered", "organisation_id": organisation_id, "post": CLERK, "text": values["document"]}
        _notify(frame, case, told, data)
        cases.grant_access(frame.tx, case.id, organisation_id, "delivered")


def _authorise(frame: Frame, case: Case, values: dict[str, Any], _data: dict[str, Any]) -> None:
    """In the township of the case, whatever its variables say, and never an item that is not sorted and described, or not in use.

    What was sent back, paused or cancelled since the precheck stops the job here with that sentence; once it is mended, it is tried again.
    """
    newest = items.get_item(frame.tx, values["item_id"])
    if newest and newest.status != "in_use":
        raise Invalid("item.not_in_force", name=newest.name, status=say(f"item.status.{newest.status}"))
    if not items.described_since(frame.tx, values["item_id"], values["item_version"]):
        raise Invalid("item.not_described", name=values["item_name"], version=values["item_version"])
    own = {"township_id": case.township_id} if case.township_id else {}
    made = Authorisation(**{**values, **own}, case_id=case.id, status=AuthorisationStatus.TRIAL)
    ledger.put_authorisation(frame.tx, made)


def _authorisation_status(frame: Frame, case: Case, values: dict[str, Any], _data: dict[str, Any]) -> None:
    ledger.set_authorisation_status(frame.tx, case.id, old=AuthorisationStatus.TRIAL.value, new=values["status"])


def _put_seal(frame: Frame, case: Case, values: dict[str, Any], _data: dict[str, Any]) -> None:
    """Of the centre of the case's township, whatever its variables say."""
    center = organisations.center_of(frame.tx, case.township_id) if case.township_id else None
    own = {"organisation_id": center.id} if center else {}
    ledger.put_seal(frame.tx, Seal(**{**values, **own}))


def _record_verdict(frame: Frame, case: Case, values: dict[str, Any], _data: dict[str, Any]) -> None:
    ledger.put_verdict(
        frame.tx,
        Verdict(**values, department_id=case.department_id or "", case_id=case.id, decided_at=frame.now),
    )


def _form_status(frame: Frame, _case: Case, values: dict[str, Any], _data: dict[str, Any]) -> None:
    """A mended form is a new version in the library, so that the next batch finds the verdict about exactly that version."""
    form = items.get_form(frame.tx, values["form_id"])
    if form is None:
        return
    version = max(form.version, int(values.get("version") or 0))
    if version > form.version:
        items.put_form(frame.tx, replace(form, status="stopped"))
    changed = replace(form, version=version, status=values["status"], checked_until=values["checked_until"])
    items.put_form(frame.tx, changed)


EFFECTS: dict[str, Effect] = {
    "ensure_case": ensure_case,
    "ensure_sign_offs": ensure_sign_offs,
    "notify": _notify,
    "send_document": _send_document,
    "authorise": _authorise,
    "authorisation_status": _authorisation_status,
    "put_seal": _put_seal,
    "record_verdict": _record_verdict,
    "form_status": _form_status,
}
