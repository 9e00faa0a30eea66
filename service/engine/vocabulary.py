"""Which elements and attributes of BPMN we run, and which we only keep. Whatever stands in no table is refused at deploy."""

from service.engine.drawing import ACTIVITIES, DATA, EVENTS, GATEWAYS, NODES

ABOUT = frozenset({"documentation", "extensionElements"})
# What is drawn for people: which paper or register a step looks into. Nothing runs by it; values are variables.
DATA_LINES = frozenset({"dataInputAssociation", "dataOutputAssociation", "property"})
ARTIFACTS = frozenset({"textAnnotation", "association", "group"})
DEFINITIONS = frozenset(
    {
        "messageEventDefinition", "signalEventDefinition", "timerEventDefinition", "errorEventDefinition",
        "escalationEventDefinition", "conditionalEventDefinition", "linkEventDefinition", "terminateEventDefinition",
    }
)  # fmt: skip
INSIDE_NODE = (
    ABOUT
    | DEFINITIONS
    | {"incoming", "outgoing", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"}
    | DATA_LINES
)
INSIDE_SCOPE = NODES | ARTIFACTS | DATA | {"sequenceFlow", "laneSet", "dataObject"}

# Element -> what may stand directly in it. An element that is no key may hold nothing but documentation and extensionElements.
CHILDREN: dict[str, frozenset[str]] = {
    "definitions": ABOUT
    | {
        "process",
        "collaboration",
        "message",
        "signal",
        "error",
        "escalation",
        "itemDefinition",
        "category",
        "dataStore",
    },
    "process": ABOUT | INSIDE_SCOPE,
    "subProcess": INSIDE_NODE | INSIDE_SCOPE,
    **{kind: INSIDE_NODE for kind in NODES if kind != "subProcess"},
    "scriptTask": INSIDE_NODE | {"script"},
    "conditionalEventDefinition": ABOUT | {"condition"},
    "multiInstanceLoopCharacteristics": ABOUT | {"loopCardinality", "completionCondition"},
    "standardLoopCharacteristics": ABOUT | {"loopCondition"},
    "timerEventDefinition": ABOUT | {"timeDuration", "timeDate", "timeCycle"},
    "sequenceFlow": ABOUT | {"conditionExpression"},
    **dict.fromkeys(("dataInputAssociation", "dataOutputAssociation"), ABOUT | {"sourceRef", "targetRef"}),
    **dict.fromkeys(DATA, ABOUT | {"dataState"}),
    "laneSet": ABOUT | {"lane"},
    "lane": ABOUT | {"flowNodeRef", "childLaneSet"},
    "childLaneSet": ABOUT | {"lane"},
    "collaboration": ABOUT | ARTIFACTS | {"participant", "messageFlow"},
    "textAnnotation": ABOUT | {"text"},
    "category": ABOUT | {"categoryValue"},
}

# Attributes without a prefix that are looked at, or that say nothing that could be run.
PLAIN = frozenset({"id", "name"})
PLAIN_OF: dict[str, frozenset[str]] = {
    "definitions": frozenset(
        {"targetNamespace", "expressionLanguage", "typeLanguage", "exporter", "exporterVersion", "xsi:schemaLocation"}
    ),
    "process": frozenset({"isExecutable", "processType", "isClosed"}),
    "participant": frozenset({"processRef"}),
    "collaboration": frozenset({"isClosed"}),
    "messageFlow": frozenset({"sourceRef", "targetRef", "messageRef"}),
    "message": frozenset({"itemRef"}),
    "signal": frozenset({"structureRef"}),
    "error": frozenset({"errorCode", "structureRef"}),
    "escalation": frozenset({"escalationCode", "structureRef"}),
    "itemDefinition": frozenset({"structureRef", "isCollection", "itemKind"}),
    "categoryValue": frozenset({"value"}),
    "textAnnotation": frozenset({"textFormat"}),
    "dataObject": frozenset({"isCollection", "itemSubjectRef"}),
    "dataObjectReference": frozenset({"dataObjectRef", "itemSubjectRef"}),
    "dataStore": frozenset({"isUnlimited", "capacity", "itemSubjectRef"}),
    "dataStoreReference": frozenset({"dataStoreRef", "itemSubjectRef"}),
    "property": frozenset({"itemSubjectRef"}),
    "association": frozenset({"sourceRef", "targetRef", "associationDirection"}),
    "group": frozenset({"categoryValueRef"}),
    "documentation": frozenset({"textFormat"}),
    "boundaryEvent": frozenset({"attachedToRef", "cancelActivity"}),
    "exclusiveGateway": frozenset({"default", "gatewayDirection"}),
    "inclusiveGateway": frozenset({"default", "gatewayDirection"}),
    "parallelGateway": frozenset({"gatewayDirection"}),
    "eventBasedGateway": frozenset({"gatewayDirection"}),
    "callActivity": frozenset({"calledElement", "default"}),
    "receiveTask": frozenset({"messageRef", "default"}),
    "subProcess": frozenset({"triggeredByEvent", "default"}),
    "scriptTask": frozenset({"scriptFormat", "default"}),
    **dict.fromkeys(
        ("task", "manualTask", "userTask", "serviceTask", "sendTask", "businessRuleTask"), frozenset({"default"})
    ),
    "startEvent": frozenset({"isInterrupting"}),
    "sequenceFlow": frozenset({"sourceRef", "targetRef"}),
    "conditionExpression": frozenset({"xsi:type", "language"}),
    "timeDuration": frozenset({"xsi:type", "language"}),
    **dict.fromkeys(
        ("timeDate", "timeCycle", "condition", "loopCardinality", "completionCondition", "loopCondition"),
        frozenset({"xsi:type", "language"}),
    ),
    "multiInstanceLoopCharacteristics": frozenset({"isSequential"}),
    "standardLoopCharacteristics": frozenset({"testBefore", "loopMaximum"}),
    "messageEventDefinition": frozenset({"messageRef"}),
    "signalEventDefinition": frozenset({"signalRef"}),
    "errorEventDefinition": frozenset({"errorRef"}),
    "escalationEventDefinition": frozenset({"escalationRef"}),
}

# Attributes with a meaning, by element. "camunda:" where Camunda 7 has the name, "oneseal:" for the rest.
_WAIT = frozenset({"oneseal:caseStatus"})
_THROWS = frozenset({"oneseal:correlationKey", "oneseal:payload"})
MEANT: dict[str, frozenset[str]] = {
    "process": frozenset({"oneseal:numbering", "camunda:candidateStarterGroups"}),
    "userTask": _WAIT
    | {
        "camunda:candidateGroups", "camunda:assignee", "camunda:formKey", "oneseal:dueWorkdays", "oneseal:signOff",
        "oneseal:separateFrom", "oneseal:returnTo",
    },
    "serviceTask": _WAIT | {"oneseal:handler", "oneseal:retries"},
    "sendTask": _WAIT | {"oneseal:handler", "oneseal:retries"},
    "receiveTask": _WAIT | {"oneseal:correlationKey", "oneseal:senders"},
    "businessRuleTask": frozenset({"camunda:decisionRef", "camunda:resultVariable"}),
    "scriptTask": frozenset({"camunda:resultVariable"}),
    "startEvent": frozenset({"oneseal:correlationKey", "oneseal:senders"}),
    "boundaryEvent": _WAIT | {"oneseal:correlationKey", "oneseal:senders"},
    "intermediateCatchEvent": _WAIT | {"oneseal:correlationKey", "oneseal:senders"},
    "intermediateThrowEvent": _THROWS,
    "endEvent": _THROWS,
    "timerEventDefinition": frozenset({"oneseal:unit"}),
    "messageEventDefinition": _THROWS,
    "signalEventDefinition": frozenset({"oneseal:payload"}),
    "multiInstanceLoopCharacteristics": frozenset(
        {"camunda:collection", "camunda:elementVariable", "oneseal:outputCollection", "oneseal:outputElement"}
    ),
}  # fmt: skip

# Attributes of Camunda that change nothing here and that modelers write by themselves.
HARMLESS = frozenset(
    {
        "camunda:historyTimeToLive", "camunda:versionTag", "camunda:isStartableInTasklist", "camunda:modelerTemplate",
        "camunda:modelerTemplateVersion", "camunda:modelerTemplateIcon", "camunda:diagramRelationId",
    }
)  # fmt: skip

# Attributes that may stand there as long as they say what we do anyway; modelers write them out.
_QUANTITIES = {"isForCompensation": "false", "startQuantity": "1", "completionQuantity": "1"}
_ASYNC = {"camunda:asyncBefore": "false", "camunda:asyncAfter": "false", "camunda:exclusive": "true"}
_WORK = _QUANTITIES | _ASYNC
_EVENT = _ASYNC | {"parallelMultiple": "false"}
_DONE_BY = {"implementation": "##unspecified"}
ONLY: dict[str, dict[str, str]] = {
    **dict.fromkeys(ACTIVITIES, _WORK),
    **dict.fromkeys(EVENTS, _EVENT),
    **dict.fromkeys(GATEWAYS, _ASYNC),
    **dict.fromkeys(("userTask", "serviceTask", "sendTask", "businessRuleTask"), _WORK | _DONE_BY),
    "receiveTask": _WORK | _DONE_BY | {"instantiate": "false"},
    "eventBasedGateway": _ASYNC | {"instantiate": "false", "eventGatewayType": "Exclusive"},
    "sequenceFlow": {"isImmediate": "true"},
}

BOOLEANS = frozenset(
    {
        "isExecutable", "isClosed", "cancelActivity", "triggeredByEvent", "isSequential", "isForCompensation",
        "isInterrupting", "parallelMultiple", "instantiate", "isImmediate", "testBefore", "camunda:asyncBefore", "camunda:asyncAfter",
        "camunda:exclusive",
    }
)  # fmt: skip

# Namespaces of which anything may stand in a diagram: how it looks and which tool drew it. All others mean something to an engine.
LOOKS = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://camunda.org/schema/modeler/1.0",
        "http://www.w3.org/XML/1998/namespace",
    }
)

# The languages an expression may claim to be in; it is read as FEEL.
LANGUAGES = ("feel", "http://www.omg.org/spec/FEEL/", "https://www.omg.org/spec/DMN/", "http://www.omg.org/spec/DMN/")

# Elements people do draw and that we refuse: the refusal says what to draw instead (texts/elements.py).
ADVISED = frozenset({
    "adHocSubProcess", "assignment", "auditing", "callChoreography", "callConversation", "cancelEventDefinition",
    "choreography", "choreographyTask", "compensateEventDefinition", "complexBehaviorDefinition", "complexGateway",
    "conversation", "conversationLink", "correlationKey", "correlationProperty", "correlationSubscription",
    "dataInput", "dataOutput", "endPoint", "eventDefinitionRef", "globalBusinessRuleTask", "globalChoreographyTask",
    "globalConversation", "globalManualTask", "globalScriptTask", "globalTask", "globalUserTask", "humanPerformer",
    "import", "inputDataItem", "inputSet", "interface", "ioBinding", "ioSpecification", "loopDataInputRef",
    "loopDataOutputRef", "monitoring", "operation", "outputDataItem", "outputSet", "performer", "potentialOwner",
    "resource", "resourceRole", "script", "subChoreography", "subConversation", "transaction", "transformation",
})  # fmt: skip
