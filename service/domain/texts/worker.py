"""Chinese texts of worker. Keys begin with the noun or the rule they speak of."""

TEXTS: dict[str, str] = {
    "worker.unknown_handler": "本程序没有名为“{handler}”的处理程序，请升级或检查流程图。",
    "worker.lost": "执行了{tries}次都没有回音（程序在执行中退出或超时），请检查后重试。",
    "worker.wanted_to_exit": "处理程序“{handler}”试图退出程序。",
}
