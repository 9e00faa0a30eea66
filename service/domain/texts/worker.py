"""Chinese texts of worker. Keys begin with the noun or the rule they speak of."""

TEXTS: dict[str, str] = {
    "worker.unknown_handler": "本程序没有名为“{handler}”的处理程序，请升级或检查流程图。",
}
