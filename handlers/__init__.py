"""Service-task handlers: one file each. The diagram names the file in ``oneseal:handler``; HANDLERS is the whole registry."""

from handlers import (
    apply_coordination,
    apply_eligibility,
    apply_exceptions,
    apply_legal_review,
    apply_meeting,
    build_sign_off_packet,
    check_form,
    check_opinions,
    check_seal,
    check_seal_name,
    deliver_documents,
    escalate_wait,
    find_or_start_form_checks,
    find_or_start_sign_offs,
    precheck,
    put_into_force,
    record_form_check,
    record_sign_off,
    register_seal,
    settle_trial,
    summarise_sign_offs,
    track_receipts,
)  # fmt: skip
from handlers.contract import Handler

_FILES = (
    apply_coordination, apply_eligibility, apply_exceptions, apply_legal_review, apply_meeting, build_sign_off_packet,
    check_form, check_opinions, check_seal, check_seal_name, deliver_documents, escalate_wait,
    find_or_start_form_checks, find_or_start_sign_offs, precheck, put_into_force, record_form_check, record_sign_off,
    register_seal, settle_trial, summarise_sign_offs, track_receipts,
)  # fmt: skip

HANDLERS: dict[str, Handler] = {module.HANDLER.name: module.HANDLER for module in _FILES}
