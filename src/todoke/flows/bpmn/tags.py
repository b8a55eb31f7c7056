"""The words of BPMN 2.0 (ISO/IEC 19510) and ours for them."""

from todoke.flows.step_table import Kind

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
WAYPOINT = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
TODOKE = "https://todoke.example/bpmn/1"
PREFIXES = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": WAYPOINT, "xsi": XSI, "todoke": TODOKE}

TASK_TAGS = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
        "callActivity",
    }
)  # fmt: skip
GROUP_TAGS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAY_KINDS = {
    "exclusiveGateway": Kind.DECISION,
    "inclusiveGateway": Kind.CHOICES,
    "parallelGateway": Kind.PARALLEL,
    "eventBasedGateway": Kind.DECISION,
    "complexGateway": Kind.CHOICES,
}
EVENT_TAGS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
DEFAULT_TAGS = {
    Kind.START: "startEvent",
    Kind.END: "endEvent",
    Kind.TASK: "task",
    Kind.DECISION: "exclusiveGateway",
    Kind.CHOICES: "inclusiveGateway",
    Kind.PARALLEL: "parallelGateway",
    Kind.WAIT: "intermediateCatchEvent",
    Kind.MESSAGE: "intermediateThrowEvent",
    Kind.EVENT: "intermediateThrowEvent",
    Kind.GROUP: "subProcess",
}
DEFAULT_EVENTS = {Kind.WAIT: "timer", Kind.MESSAGE: "message"}
FLOW_NODES = TASK_TAGS | GROUP_TAGS | EVENT_TAGS | frozenset(GATEWAY_KINDS)


def kind_of(tag: str, event: str) -> Kind:
    """Return what a BPMN element is in the table; ``event`` is the kind of its event definition, if any."""
    if tag in TASK_TAGS:
        return Kind.TASK
    if tag in GROUP_TAGS:
        return Kind.GROUP
    if tag in GATEWAY_KINDS:
        return GATEWAY_KINDS[tag]
    if tag == "startEvent":
        return Kind.START
    if tag == "endEvent":
        return Kind.END
    return {"timer": Kind.WAIT, "message": Kind.MESSAGE}.get(event, Kind.EVENT)
