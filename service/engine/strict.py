"""Nothing is passed over in silence: every element and attribute of a diagram stands in ``vocabulary`` or is a problem.

Walks the whole file once. What stands inside a refused element is not looked at any more: one problem for one cause.
"""

from collections.abc import Iterator

from lxml import etree

from service.domain.texts import say
from service.engine.drawing import BPMN, CAMUNDA, ONESEAL, XSI
from service.engine.model import Problem
from service.engine.vocabulary import (
    ABOUT,
    ADVISED,
    BOOLEANS,
    CHILDREN,
    HARMLESS,
    LANGUAGES,
    LOOKS,
    MEANT,
    ONLY,
    PLAIN,
    PLAIN_OF,
)
from service.engine.xml import Document

_PREFIXES = {CAMUNDA: "camunda:", ONESEAL: "oneseal:", XSI: "xsi:", "": ""}
_TRUTH = {"true": "true", "1": "true", "false": "false", "0": "false"}


def check_all(document: Document) -> Iterator[Problem]:
    """Everything in the file that would not run as it is drawn."""
    for element, problem in _elements(document.root):
        place = document.place(element)
        yield Problem(*problem, place.file, place.element, place.name, place.line, place.column)


def refusal_of(tag: str) -> str:
    """Why an element that stands in no table is refused, and what to draw instead where people do draw it."""
    return say(f"rule.element.{tag}", tag=tag) if tag in ADVISED else say("rule.element", tag=tag)


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Attributes with our prefixes: ``camunda:formKey``, ``oneseal:handler``, plain names without; truth as true or false."""
    found = {}
    for name, value in element.attrib.items():
        qualified = etree.QName(str(name))
        namespace = qualified.namespace or ""
        key = f"{_PREFIXES.get(namespace, f'{{{namespace}}}')}{qualified.localname}"
        text = str(value)
        found[key] = _TRUTH.get(text.strip(), text) if key in BOOLEANS else text
    return found


def tag_of(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _elements(root: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, str]]]:
    ahead = [root]
    while ahead:
        element = ahead.pop()
        for fault in _attributes(element):
            yield element, fault
        for child in element:
            if not _fits(element, child):
                yield child, ("element", refusal_of(_shown(child)))
            elif etree.QName(child).namespace == BPMN and tag_of(child) != "documentation":
                ahead.append(child)


def _fits(parent: etree._Element, child: etree._Element) -> bool:
    namespace, tag = etree.QName(child).namespace or "", tag_of(child)
    if tag_of(parent) == "extensionElements":
        return namespace in LOOKS or (namespace == CAMUNDA and tag == "properties")
    if namespace == BPMN:
        return tag in CHILDREN.get(tag_of(parent), ABOUT)
    return namespace in LOOKS and tag_of(parent) == "definitions"


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    tag = tag_of(element)
    known = PLAIN | PLAIN_OF.get(tag, frozenset()) | MEANT.get(tag, frozenset()) | HARMLESS
    only = ONLY.get(tag, {})
    for name, value in attributes_of(element).items():
        if name in BOOLEANS and value not in ("true", "false"):
            yield "attribute", say("rule.attribute.truth", tag=tag, attribute=name, value=value[:40])
        elif name in only:
            if value != only[name] and not (name == "implementation" and value.startswith("##")):
                yield "attribute", say("rule.attribute.only", tag=tag, attribute=name, value=value[:40])
        elif name == "language" and name in known:
            if not value.startswith(LANGUAGES):
                yield "attribute", say("rule.attribute.language", value=value[:80])
        elif name not in known and not _looks(name):
            yield "attribute", say("rule.attribute", tag=tag, attribute=name)


def _looks(name: str) -> bool:
    return name.startswith("{") and name[1:].partition("}")[0] in LOOKS


def _shown(element: etree._Element) -> str:
    namespace = etree.QName(element).namespace or ""
    return tag_of(element) if namespace == BPMN else f"{_PREFIXES.get(namespace, '')}{tag_of(element)}"
