"""What a browser calls itself, as people call it: 奇安信浏览器 · Windows. Only for showing; nobody is judged by it."""

BROWSERS = (
    ("QAXBrowser", "奇安信浏览器"), ("360SE", "360浏览器"), ("360EE", "360浏览器"), ("QIHU", "360浏览器"), ("Edg/", "Edge"), ("OPR/", "Opera"),
    ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python"),
)  # fmt: skip
SYSTEMS = (
    ("UOS", "统信 UOS"), ("Kylin", "麒麟"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(agent: str) -> str:
    """The agent's own words, shortened, where nobody knows it."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    known = " · ".join(name for name in found if name)
    return known or agent[:40]
