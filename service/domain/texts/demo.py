"""Chinese texts of the demo county and of the tour. What people write in the tour is example text and says so where it could mislead."""

TEXTS: dict[str, str] = {
    "demo.fictional": "{name}（虚构）",
    "demo.township.name": "{name}人民政府",
    "demo.zone.name": "{name}管委会",
    "demo.center.name": "{name}便民服务中心",
    "demo.official_seal": "云霄县{name}人民政府",
    "demo.head.bureau": "局长",
    "demo.head.zone": "主任",
    "demo.head.township": "{last}长",
    "demo.example_note": "示例，待县级核定。{note}",
}
