"""Which elements and attributes of DMN we compute, and which only tell people something. Whatever is in neither list is refused."""

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",  # 1.1
        "http://www.omg.org/spec/DMN/20180521/MODEL/",  # 1.2
        "https://www.omg.org/spec/DMN/20191111/MODEL/",  # 1.3
        "https://www.omg.org/spec/DMN/20211108/MODEL/",  # 1.4
        "https://www.omg.org/spec/DMN/20230324/MODEL/",  # 1.5
    }
)
CAMUNDA = "http://camunda.org/schema/1.0/dmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

# The one expression language; modelers write it in many ways.
FEEL = frozenset(
    {
        "feel", "FEEL", "http://www.omg.org/spec/FEEL/20140401", "http://www.omg.org/spec/DMN/20151101/FEEL",
        "http://www.omg.org/spec/DMN/20180521/FEEL/", "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "https://www.omg.org/spec/DMN/20211108/FEEL/", "https://www.omg.org/spec/DMN/20230324/FEEL/",
    }
)  # fmt: skip

# Told to people; nothing in them is ever computed.
TOLD = frozenset(
    {
        "description", "extensionElements", "question", "allowedAnswers", "authorityRequirement", "supportedObjective",
        "impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "usingProcess", "usingTask", "knowledgeSource",
        "textAnnotation", "association", "group", "performanceIndicator", "organizationUnit", "elementCollection",
        "annotation", "annotationEntry",
    }
)  # fmt: skip

CHILDREN: dict[str, frozenset[str]] = {
    "definitions": frozenset({"decision", "inputData", "itemDefinition"}),
    "decision": frozenset({"variable", "informationRequirement", "decisionTable", "literalExpression"}),
    "inputData": frozenset({"variable"}),
    "informationRequirement": frozenset({"requiredInput", "requiredDecision"}),
    "decisionTable": frozenset({"input", "output", "rule"}),
    "input": frozenset({"inputExpression", "inputValues"}),
    "output": frozenset({"outputValues", "defaultOutputEntry"}),
    "rule": frozenset({"inputEntry", "outputEntry"}),
    "itemDefinition": frozenset({"typeRef", "allowedValues", "typeConstraint", "itemComponent"}),
    "itemComponent": frozenset({"typeRef", "allowedValues", "typeConstraint", "itemComponent"}),
    **dict.fromkeys(
        (
            "inputExpression", "inputValues", "outputValues", "defaultOutputEntry", "inputEntry", "outputEntry",
            "literalExpression", "allowedValues", "typeConstraint",
        ),
        frozenset({"text"}),
    ),
}  # fmt: skip

COMMON = frozenset({"id", "name", "label"})
_EXPRESSION = frozenset({"typeRef", "expressionLanguage"})
_ITEM = frozenset({"isCollection", "typeLanguage"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "definitions": frozenset({"namespace", "expressionLanguage", "typeLanguage", "exporter", "exporterVersion"}),
    "variable": frozenset({"typeRef"}),
    "requiredInput": frozenset({"href"}),
    "requiredDecision": frozenset({"href"}),
    "decisionTable": frozenset({"hitPolicy", "aggregation", "preferredOrientation", "outputLabel", "typeRef"}),
    "output": frozenset({"typeRef"}),
    "inputExpression": _EXPRESSION,
    "inputEntry": _EXPRESSION,
    "outputEntry": _EXPRESSION,
    "literalExpression": _EXPRESSION,
    "defaultOutputEntry": _EXPRESSION,
    "inputValues": _EXPRESSION,
    "outputValues": _EXPRESSION,
    "allowedValues": _EXPRESSION,
    "typeConstraint": _EXPRESSION,
    "itemDefinition": _ITEM,
    "itemComponent": _ITEM,
}

# Camunda attributes that change nothing here and that modelers write by themselves.
HARMLESS = frozenset({"historyTimeToLive", "versionTag", "diagramRelationId"})
