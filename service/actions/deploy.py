"""An administrator deploys a diagram with everything it needs: all of it is accepted, or refused with every problem."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.cases import Definition
from service.domain.permission import Facts
from service.store import definitions
from service.store.failpoints import point


@dataclass(frozen=True, slots=True)
class Deploy:
    """``files``: name -> content of diagrams, decision tables and forms. ``note`` says why, for the history."""

    files: Mapping[str, bytes]
    note: str = ""


def deploy(frame: Frame, order: Deploy) -> Definition:
    """The new version, or the running one when nothing changed. Cases that run keep the version they began with."""
    allow(frame, "definition.deploy", Facts())
    bundle = frame.bundles.compile(order.files)
    definitions.lock_deployments(frame.tx)
    newest = definitions.latest_definition(frame.tx, bundle.key)
    if newest and newest.bundle_digest == bundle.digest:
        return newest
    definitions.add_bundle(frame.tx, bundle.digest, bundle.files, at=frame.now)
    point("bundle_half")
    made = Definition(
        process_key=bundle.key,
        version=newest.version + 1 if newest else 1,
        name=bundle.name,
        bundle_digest=bundle.digest,
        deployed_at=frame.now,
        deployed_by=frame.actor.person_id,
    )
    definitions.add_definition(frame.tx, made)
    contents = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(order.files.items())}
    facts = {"process": made.process_key, "version": made.version, "bundle": made.bundle_digest, "files": contents}
    event = EventFacts(type="definition.deployed", facts=facts, personal={"note": order.note})
    seal_chain_event(frame, f"definition/{made.process_key}", event)
    return made
