"""form-js speaks Chinese: every template it passes through its translate service has its words."""

import re

from tests.web.window import WEB

SOURCE = WEB / "node_modules/@bpmn-io/form-js-viewer/dist/index.es.js"
CALL = re.compile(r"""\b_?translate\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""")
ENTRY = re.compile(r"""^  (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\w+)): '(.*)',?$""", re.MULTILINE)
ITS_OWN = {"HELLO {you}"}  # an example in a comment


def test_every_template_has_its_chinese_words(built: None) -> None:
    asked = {single or double for single, double in CALL.findall(SOURCE.read_text())} - ITS_OWN
    known = {a or b or c: words for a, b, c, words in ENTRY.findall((WEB / "form/words.js").read_text())}
    assert len(asked) > 30
    assert asked - set(known) == set()
    for template in asked:
        assert re.search("[\u4e00-\u9fff]", known[template]), template
        assert set(re.findall(r"{\w+}", known[template])) == set(re.findall(r"{\w+}", template)), template
