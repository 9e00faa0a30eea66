"""What handlers may ask to know: named reads, values only. A handler declares the names; ``take_jobs`` gathers them."""

from collections.abc import Callable, Mapping
from typing import Any

from service.actions.frame import Frame
from service.domain.calendar import local_date
from service.domain.cases import Case
from service.domain.codes import item_faults
from service.domain.items import Form, Item
from service.domain.library import abolished_names
from service.store import files, items, ledger, library, notices, organisations

Fact = Callable[[Frame, Case, Mapping[str, Any]], Any]


def _item_ids(given: Mapping[str, Any]) -> list[str]:
    rows = given.get("items") or given.get("sign_off_items") or []
    return [str(row["item_id"]) for row in rows if isinstance(row, Mapping) and row.get("item_id")]


def _item_library(frame: Frame, case: Case, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The library's rows of the batch's items, forms and department names put in."""
    found = items.items_by_ids(frame.tx, _item_ids(given))
    forms = {f.id: f for f in items.forms_by_ids(frame.tx, [id for item in found for id in item.form_ids])}
    names = {o.id: o.name for o in organisations.list_organisations(frame.tx)}
    return [library_row(item, names, forms) | {"power_lapsed": _lapsed(frame, case, item)} for item in found]


def _lapsed(frame: Frame, case: Case, item: Item) -> bool:
    """Whether documents are registered that gave this item to townships, and none of them gives it to this one today."""
    registered = [d for d in library.all_documents(frame.tx) if item.id in d.item_ids]
    today = local_date(frame.now)
    return bool(registered) and not any(d.holds(case.township_id or "", today) for d in registered)


def library_row(item: Item, names: Mapping[str, str], forms: Mapping[str, Form]) -> dict[str, Any]:
    """What the precheck learns of one item; decisions go by it. ``names``: organisation id -> name; ``forms``: newest, by id."""
    return {
        "item_id": item.id,
        "name": item.name,
        "version": item.version,
        "department_id": item.department_id,
        "department_name": names.get(item.department_id, ""),
        "status": item.status,
        "status_reason": item.status_reason,
        "power_source": item.power_source.value,
        "power_document": item.power_document,
        "entrusting_department": item.entrusting_department,
        "agency": item.agency,
        "result_kind": item.result_kind,
        "seal_by_law": item.seal_by_law,
        "legal_basis": item.legal_basis,
        "current_seal": item.current_seal,
        "catalog_code": item.catalog_code,
        "task_code": item.task_code,
        "sorting": item.marks.sorting.value,
        "faults": [fault.message for fault in item_faults(item)],
        "example": item.example,
        "forms": [_form_row(forms[id]) for id in item.form_ids if id in forms],
    }


def _form_row(form: Form) -> dict[str, Any]:
    return {
        "form_id": form.id, "form_version": form.version, "version": form.version, "name": form.name,
        "level": form.level, "owner_id": form.owner_id,
    }  # fmt: skip


def _valid_authorisations(frame: Frame, case: Case, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not case.township_id:
        return []
    found = ledger.valid_authorisations(frame.tx, case.township_id, _item_ids(given))
    return [{"item_id": a.item_id, "id": a.id, "document_number": a.document_number} for a in found]


def _form_verdicts(frame: Frame, _case: Case, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Valid self-check verdicts of the forms of the batch's items; of the library's newest version, which a check may have made."""
    rows = [row for row in given.get("items") or given.get("sign_off_items") or [] if isinstance(row, Mapping)]
    forms = {str(f["form_id"]): f for row in rows for f in row.get("forms") or []}
    newest = {form.id: form.version for form in items.forms_by_ids(frame.tx, list(forms))}
    wanted = {
        (str(form.get("owner_id", "")), id, newest.get(id, int(form.get("version") or 0))) for id, form in forms.items()
    }
    return _verdicts(frame, "form_check", wanted)


def _sign_off_verdicts(frame: Frame, _case: Case, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [row for row in given.get("items") or [] if isinstance(row, Mapping)]
    wanted = {(str(r["department_id"]), str(r["item_id"]), int(r.get("version") or 0)) for r in rows}
    return _verdicts(frame, "sign_off", wanted)


def _verdicts(frame: Frame, kind: str, wanted: set[tuple[str, str, int]]) -> list[dict[str, Any]]:
    today = local_date(frame.now)
    found = []
    for department_id, subject_id, version in sorted(wanted):
        verdict = ledger.valid_verdict(
            frame.tx, kind=kind, department_id=department_id, subject_id=subject_id, subject_version=version, on=today
        )
        if verdict:
            found.append(
                {
                    "subject_id": subject_id, "department_id": department_id, "conclusion": verdict.conclusion,
                    "detail": verdict.detail, "case_id": verdict.case_id,
                }
            )  # fmt: skip
    return found


def _active_seal(frame: Frame, _case: Case, given: Mapping[str, Any]) -> dict[str, Any] | None:
    seal = ledger.active_seal(frame.tx, str(given.get("center_id") or ""), "special")
    return {"id": seal.id, "name": seal.name} if seal else None


def _official_seal_name(frame: Frame, case: Case, _given: Mapping[str, Any]) -> str:
    """The face of the township's 公章: the county's name before the township's, 国发〔1999〕25号 十一."""
    seal = ledger.active_seal(frame.tx, case.township_id or "", "official")
    return seal.name if seal else ""


def _offices(frame: Frame, _case: Case, _given: Mapping[str, Any]) -> dict[str, str]:
    return organisations.offices(frame.tx)


def _receipts(frame: Frame, case: Case, _given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"organisation_id": r.organisation_id, "document": r.document, "receipted": r.receipted_at is not None}
        for r in notices.receipts_of(frame.tx, case.id)
    ]


def _form_file(frame: Frame, case: Case, given: Mapping[str, Any]) -> bytes | None:
    """The first uploaded file of the form, or None; a file of another case, or of none, is nobody's here."""
    given_file = given.get("form_file")
    ids = given_file if isinstance(given_file, list) else [given_file]
    attachment = files.get_attachment(frame.tx, str(ids[0])) if ids and ids[0] else None
    return (
        b"".join(files.read_blob(frame.tx, attachment.sha256)) if attachment and attachment.case_id == case.id else None
    )


def _stations(frame: Frame, _case: Case, given: Mapping[str, Any]) -> dict[str, str]:
    """Name or alias -> 撤销文号, from the register and from what people looked up in this case.

    A form is the whole county's, so a name counts where every township that has such a station says it is gone.
    """
    rows = given.get("pending_stations") or []
    looked_up = {
        str(r["station"]): str(r.get("document_number") or "")
        for r in rows
        if isinstance(r, Mapping) and r.get("status") in ("abolished", "merged")
    }
    return abolished_names(library.all_stations(frame.tx)) | looked_up


FACTS: dict[str, Fact] = {
    "item_library": _item_library,
    "valid_authorisations": _valid_authorisations,
    "form_verdicts": _form_verdicts,
    "sign_off_verdicts": _sign_off_verdicts,
    "active_seal": _active_seal,
    "official_seal_name": _official_seal_name,
    "offices": _offices,
    "receipts": _receipts,
    "form_file": _form_file,
    "stations": _stations,
}
