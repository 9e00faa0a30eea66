"""Bytes to decisions, or every reason why not. Nothing that would not be computed is passed over in silence."""

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from service.domain.texts import say
from service.engine.dmn import vocabulary
from service.engine.dmn.model import Decision, Given, Table
from service.engine.dmn.read_table import names_read, read_table
from service.engine.dmn.source import Source, label_of, tag_of
from service.engine.dmn.types import Types
from service.engine.feel import Expression
from service.engine.model import Problem
from service.engine.xml import Document, read_xml

MOST_DECISIONS = 200


def read_decisions(xml: bytes, file: str) -> tuple[dict[str, Decision], tuple[Problem, ...]]:
    """(decisions by id, all problems). A file with problems must not be deployed; its decisions are there but may not run."""
    document = read_xml(file, xml)
    if isinstance(document, Problem):
        return {}, (document,)
    qualified = etree.QName(document.root)
    if qualified.namespace not in vocabulary.NAMESPACES or qualified.localname != "definitions":
        text = say("dmn.not_dmn", tag=str(document.root.tag))
        return {}, (Problem("dmn", text, file, line=1, column=1),)
    reader = _Reader(document)
    found = reader.read()
    return found, tuple(reader.source.problems)


class _Reader:
    def __init__(self, document: Document) -> None:
        self.source = Source(document)
        self.root = document.root
        self.decisions = {e.get("id", ""): e for e in self.source.children(self.root, "decision")}
        self.inputs = {e.get("id", ""): e for e in self.source.children(self.root, "inputData")}

    def read(self) -> dict[str, Decision]:
        if len(self.decisions) > MOST_DECISIONS:  # what follows could take for ever
            self.source.refuse(self.root, "dmn.too_many", count=len(self.decisions), limit=MOST_DECISIONS)
            return {}
        self.source.check(self.root)
        self.types = Types(self.source, self.root)
        self._read_names()
        self.needs = {id: self._required(element) for id, element in self.decisions.items()}
        read: dict[str, Decision] = {}
        for id in self._ordered():
            element = self.decisions[id]
            needs = _flat(read[need] for need in self.needs[id] if need in read)
            read[id] = self._decision(id, element, needs)
        return read

    def _read_names(self) -> None:
        """Names of all variables; each stands once, else nobody could tell which is meant."""
        seen: set[str] = set()
        for element in (*self.inputs.values(), *self.decisions.values()):
            name = self._variable(element)
            if not element.get("id") or not name:
                self.source.refuse(element, "dmn.no_id", tag=tag_of(element))
            if name in seen:
                self.source.refuse(element, "dmn.name_twice", name=name)
            seen.add(name)
        self.source.learn(sorted(seen - {""}))

    def _variable(self, element: etree._Element) -> str:
        variable = self.source.child(element, "variable")
        given = variable.get("name", "") if variable is not None else ""
        found = given or element.get("name", "") or element.get("id", "")
        return " ".join(found.split())

    def _required(self, element: etree._Element) -> list[str]:
        """Ids of the decisions that ``element`` requires; references to nowhere are problems."""
        found = []
        for requirement in self.source.children(element, "informationRequirement"):
            for reference in self.source.children(requirement):
                href = reference.get("href", "")
                known = self.inputs if tag_of(reference) == "requiredInput" else self.decisions
                if not href.startswith("#") or href[1:] not in known:
                    self.source.refuse(requirement, "dmn.reference", href=href)
                elif known is self.decisions:
                    found.append(href[1:])
        return found

    def _ordered(self) -> list[str]:
        """Decision ids, each after those it requires; decisions in a circle are a problem and left out of the order."""
        done: list[str] = []
        left = dict(self.needs)
        while ready := [id for id, needs in left.items() if set(needs) <= set(done)]:
            done += ready
            for id in ready:
                del left[id]
        for id in left:
            self.source.refuse(self.decisions[id], "dmn.circle", name=label_of(self.decisions[id]))
        return [*done, *left]

    def _decision(self, id: str, element: etree._Element, needs: tuple[Decision, ...]) -> Decision:
        variable = self.source.child(element, "variable")
        logic = self.source.child(element, "decisionTable", "literalExpression")
        reference = (variable.get("typeRef") if variable is not None else "") or ""
        if not reference and logic is not None:
            reference = logic.get("typeRef", "")
        decision = Decision(
            id=id,
            name=label_of(element),
            variable=self._variable(element),
            type=self.types.of(reference, element),
            logic=None,
            inputs=tuple(self._given(element)),
            types=tuple(self.types.read.values()),
            needs=needs,
        )
        return self._with_logic(decision, element, logic)

    def _with_logic(self, decision: Decision, element: etree._Element, logic: etree._Element | None) -> Decision:
        found: Table | Expression | None = None
        before = len(self.source.problems)
        if logic is None:
            self.source.refuse(element, "dmn.no_logic", name=decision.name)
        elif tag_of(logic) == "decisionTable":
            found = read_table(self.source, self.types, logic)
        else:
            found = self.source.compile(logic)
            if found is None and not self.source.text(logic):
                self.source.refuse(element, "dmn.no_logic", name=decision.name)
        self._check_names(decision, element, found)
        if len(self.source.problems) > before:
            return decision
        return replace(decision, logic=found)

    def _check_names(self, decision: Decision, element: etree._Element, logic: Table | Expression | None) -> None:
        """A decision reads only results it is drawn to require."""
        required = {self._variable(self.decisions[id]) for id in self.needs[decision.id]}
        others = {self._variable(e) for e in self.decisions.values()} - required
        for name in sorted(names_read(logic) & others):
            self.source.refuse(element, "dmn.not_required", name=name)

    def _given(self, element: etree._Element) -> list[Given]:
        found = []
        for requirement in self.source.children(element, "informationRequirement"):
            for reference in self.source.children(requirement, "requiredInput"):
                given = self.inputs.get(reference.get("href", "")[1:])
                if given is not None:
                    variable = self.source.child(given, "variable")
                    type = self.types.of(variable.get("typeRef", "") if variable is not None else "", given)
                    found.append(Given(self._variable(given), type))
        return found


def _flat(needs: Iterable[Decision]) -> tuple[Decision, ...]:
    """Every decision needed, each once, after those it needs itself."""
    found: dict[str, Decision] = {}
    for need in needs:
        found |= {inner.id: inner for inner in (*need.needs, need) if inner.id not in found}
    return tuple(found.values())
