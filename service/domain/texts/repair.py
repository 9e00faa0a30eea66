"""Chinese texts of repairing: what may not be forced, the events of 强制, and the pages of incidents and repair."""

TEXTS: dict[str, str] = {
    "engine.forced.boundary": "附在环节边上的事件不能单独处理。",
    "engine.forced.decision": "“{name}”须由人员办理或等待其他案件的结论，不能跳过。",
    "engine.forced.passes": "跳到“{target}”会越过尚未办理的人员环节，不能跳转。",
    "engine.forced.ends": "这样跳转会结束人员正在办理的“{name}”而不再重新办理，不能跳转。",
    "engine.forced.instance": "多实例中的一个实例不能跳转。",
}
