"""BPMN tags BPMN の用語: element names and namespaces of BPMN 2.0 (ISO/IEC 19510) and the node kinds they map to."""

from todoke.flows.step_table import NodeKind

BPMN_NS = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI_NS = "http://www.omg.org/spec/BPMN/20100524/DI"
DC_NS = "http://www.omg.org/spec/DD/20100524/DC"
DI_NS = "http://www.omg.org/spec/DD/20100524/DI"
XSI_NS = "http://www.w3.org/2001/XMLSchema-instance"
TODOKE_NS = "https://todoke.example/bpmn/1"
PREFIXES = {"bpmn": BPMN_NS, "bpmndi": BPMNDI_NS, "dc": DC_NS, "di": DI_NS, "xsi": XSI_NS, "todoke": TODOKE_NS}

TASK_TAGS = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
        "callActivity",
    }
)  # fmt: skip
SUBPROCESS_TAGS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAY_KINDS = {
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "inclusiveGateway": NodeKind.INCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "eventBasedGateway": NodeKind.EXCLUSIVE,
    "complexGateway": NodeKind.INCLUSIVE,
}
EVENT_TAGS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
DEFAULT_TAGS = {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.TASK: "task",
    NodeKind.EXCLUSIVE: "exclusiveGateway",
    NodeKind.INCLUSIVE: "inclusiveGateway",
    NodeKind.PARALLEL: "parallelGateway",
    NodeKind.TIMER: "intermediateCatchEvent",
    NodeKind.MESSAGE: "intermediateThrowEvent",
    NodeKind.EVENT: "intermediateThrowEvent",
    NodeKind.SUBPROCESS: "subProcess",
}
DEFAULT_EVENT_DEFINITIONS = {NodeKind.TIMER: "timer", NodeKind.MESSAGE: "message"}
FLOW_NODE_TAGS = TASK_TAGS | SUBPROCESS_TAGS | EVENT_TAGS | frozenset(GATEWAY_KINDS)


def node_kind(tag: str, event: str) -> NodeKind:
    """Return the node kind of a BPMN element; ``event`` is its event definition, empty without one."""
    if tag in TASK_TAGS:
        return NodeKind.TASK
    if tag in SUBPROCESS_TAGS:
        return NodeKind.SUBPROCESS
    if tag in GATEWAY_KINDS:
        return GATEWAY_KINDS[tag]
    if tag == "startEvent":
        return NodeKind.START
    if tag == "endEvent":
        return NodeKind.END
    return {"timer": NodeKind.TIMER, "message": NodeKind.MESSAGE}.get(event, NodeKind.EVENT)
