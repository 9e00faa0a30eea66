"""Which elements and attributes of BPMN we run, and which we only keep. Whatever stands in neither list is refused at deploy."""

# Elements that may stand in a process or subprocess besides flow nodes and sequence flows; drawn, never executed.
DRAWN_ONLY = frozenset({"documentation", "laneSet", "textAnnotation", "association", "group", "extensionElements"})

# What may stand inside a flow node.
INSIDE_NODE = frozenset(
    {
        "documentation", "extensionElements", "incoming", "outgoing", "multiInstanceLoopCharacteristics",
        "messageEventDefinition", "signalEventDefinition", "timerEventDefinition", "errorEventDefinition",
        "terminateEventDefinition",
    }
)  # fmt: skip

# Top-level elements of a file.
TOP_LEVEL = frozenset(
    {"process", "collaboration", "message", "signal", "error", "itemDefinition", "category", "extensionElements"}
)

PLAIN = frozenset({"id", "name"})
PLAIN_OF: dict[str, frozenset[str]] = {
    "process": frozenset({"isExecutable", "processType", "isClosed"}),
    "boundaryEvent": frozenset({"attachedToRef", "cancelActivity"}),
    "exclusiveGateway": frozenset({"default", "gatewayDirection"}),
    "inclusiveGateway": frozenset({"default", "gatewayDirection"}),
    "parallelGateway": frozenset({"gatewayDirection"}),
    "callActivity": frozenset({"calledElement"}),
    "receiveTask": frozenset({"messageRef", "implementation", "instantiate"}),
    "sendTask": frozenset({"messageRef", "implementation"}),
    "serviceTask": frozenset({"implementation"}),
    "userTask": frozenset({"implementation"}),
    "businessRuleTask": frozenset({"implementation"}),
    "startEvent": frozenset({"isInterrupting"}),
    "subProcess": frozenset({"triggeredByEvent"}),
    "sequenceFlow": frozenset({"sourceRef", "targetRef"}),
    "multiInstanceLoopCharacteristics": frozenset({"isSequential"}),
    "messageEventDefinition": frozenset({"messageRef"}),
    "signalEventDefinition": frozenset({"signalRef"}),
    "errorEventDefinition": frozenset({"errorRef"}),
}

# Attributes with a meaning, by element. "camunda:" where Camunda 7 has the name, "oneseal:" for the rest.
_WAIT = frozenset({"oneseal:caseStatus"})
MEANT: dict[str, frozenset[str]] = {
    "process": frozenset({"oneseal:numbering", "camunda:candidateStarterGroups"}),
    "userTask": _WAIT
    | {
        "camunda:candidateGroups", "camunda:assignee", "camunda:formKey", "oneseal:dueWorkdays", "oneseal:signOff",
        "oneseal:separateFrom", "oneseal:returnTo",
    },
    "serviceTask": _WAIT | {"oneseal:handler", "oneseal:retries"},
    "sendTask": _WAIT | {"oneseal:handler", "oneseal:retries"},
    "receiveTask": _WAIT | {"oneseal:correlationKey"},
    "businessRuleTask": frozenset({"camunda:decisionRef", "camunda:resultVariable"}),
    "boundaryEvent": _WAIT | {"oneseal:correlationKey"},
    "intermediateCatchEvent": _WAIT | {"oneseal:correlationKey"},
    "intermediateThrowEvent": frozenset({"oneseal:correlationKey", "oneseal:payload"}),
    "endEvent": frozenset({"oneseal:correlationKey", "oneseal:payload"}),
    "timerEventDefinition": frozenset({"oneseal:unit"}),
    "messageEventDefinition": frozenset({"oneseal:correlationKey", "oneseal:payload"}),
    "signalEventDefinition": frozenset({"oneseal:payload"}),
    "multiInstanceLoopCharacteristics": frozenset(
        {"camunda:collection", "camunda:elementVariable", "oneseal:outputCollection", "oneseal:outputElement"}
    ),
}  # fmt: skip

# Camunda attributes that change nothing here and that modelers write by themselves.
HARMLESS = frozenset(
    {"camunda:historyTimeToLive", "camunda:versionTag", "camunda:isStartableInTasklist", "camunda:modelerTemplate"}
)
