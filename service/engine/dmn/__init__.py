"""DMN decision tables over our FEEL (being written)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from service.engine import feel
from service.engine.model import Problem


class DmnError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class DecisionResult:
    value: Any
    matched: tuple[str, ...]
    inputs: Any = None


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    hit_policy: str
    inputs: tuple[Any, ...]
    outputs: tuple[str, ...]
    rules: tuple[Any, ...]


def read_decisions(xml: bytes, file: str) -> tuple[dict[str, Decision], tuple[Problem, ...]]:
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    found = {}
    q = lambda e: etree.QName(e).localname
    for d in root:
        if isinstance(d.tag, str) and q(d) == "decision":
            t = next((c for c in d if q(c) == "decisionTable"), None)
            if t is None:
                continue
            ins, outs, rules = [], [], []
            for c in t:
                if q(c) == "input":
                    ins.append(feel.compile("".join(c.itertext()).strip()))
                elif q(c) == "output":
                    outs.append(c.get("name"))
                elif q(c) == "rule":
                    cells = [
                        feel.compile(("".join(x.itertext()).strip() or "-"), unary=True)
                        for x in c
                        if q(x) == "inputEntry"
                    ]
                    os_ = [feel.compile("".join(x.itertext()).strip() or "null") for x in c if q(x) == "outputEntry"]
                    rules.append((c.get("id"), cells, os_))
            found[d.get("id")] = Decision(
                d.get("id"), t.get("hitPolicy", "UNIQUE"), tuple(ins), tuple(outs), tuple(rules)
            )
    return found, ()


def evaluate(decision: Decision, context: Mapping[str, Any], *, at: datetime, fuel: int = 20_000) -> DecisionResult:
    values = [i.evaluate(context, at=at, strict=False) for i in decision.inputs]
    for rid, cells, outs in decision.rules:
        if all(
            c.evaluate({**context, "?": v}, at=at, strict=False) is True for c, v in zip(cells, values, strict=True)
        ):
            vals = [o.evaluate(context, at=at, strict=False) for o in outs]
            return DecisionResult(dict(zip(decision.outputs, vals, strict=True)), (rid,))
    return DecisionResult(None, ())
