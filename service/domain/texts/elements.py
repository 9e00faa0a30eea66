"""What to draw instead of elements that people do draw and that do not run here."""

_KIND = "元素“{tag}”不能执行，不予部署："
TEXTS = {
    f"rule.element.{tag}": _KIND + advice
    for tags, advice in (
        (("complexGateway",), "分流请用排他、并行或包容网关，汇聚请用并行或包容网关。"),
        (("transaction", "cancelEventDefinition"), "请用普通子流程，取消用错误边界事件表示。"),
        (("compensateEventDefinition",), "没有补偿；需要撤销的，请把撤销画成普通环节。"),
        (("adHocSubProcess",), "环节的先后须画出来；可同时办理的用并行网关。"),
        (("eventDefinitionRef",), "请把触发方式直接写在事件里。"),
        (("choreography", "choreographyTask", "subChoreography", "callChoreography", "globalChoreographyTask"),
         "编排图不是可执行的流程，请画成流程（process）。"),
        (("conversation", "subConversation", "callConversation", "conversationLink", "globalConversation"),
         "会话图不是可执行的流程，请画成参与者之间的消息流。"),
        (("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"),
         "全局任务请画成被调用的流程，或直接画成任务。"),
        (("ioSpecification", "inputSet", "outputSet", "dataInput", "dataOutput"),
         "没有输入输出映射；环节直接读写案件的变量，表单写什么见表单定义。"),
        (("assignment", "transformation"), "数据关联只用来看；要换算的，请用FEEL脚本任务。"),
        (("performer", "humanPerformer", "potentialOwner", "resourceRole", "resource"),
         "办理岗位写在 camunda:candidateGroups，办理人写在 camunda:assignee。"),
        (("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"),
         "多实例的清单写在 camunda:collection，结果写在 oneseal:outputCollection。"),
        (("complexBehaviorDefinition",), "多实例提前结束用 completionCondition。"),
        (("correlationProperty", "correlationKey", "correlationSubscription"), "消息的关联键写在 oneseal:correlationKey。"),
        (("import",), "一次部署的文件互相可见，不必也不能导入。"),
        (("interface", "operation", "ioBinding", "endPoint"), "服务任务由 oneseal:handler 指定处理程序。"),
        (("auditing", "monitoring"), "每一步都记入案件历史，不必也不能另设。"),
        (("script",), "只有脚本任务（scriptTask）可以写 script。"),
    )
    for tag in tags
}  # fmt: skip
