"""References 参照: BPMN files as other programs write them get ids and references that the reader can follow."""

from typing import Any

from lxml import etree

from todoke.flows.bpmn.tags import FLOW_NODE_TAGS, SUBPROCESS_TAGS

_NAMED = FLOW_NODE_TAGS | {"sequenceFlow", "messageFlow", "lane", "participant", "process"}
_REFERENCES = {"default", "bpmnElement", "calledElement"}
_TEXTS = {"incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"}


def local_name(element: Any) -> str:
    """Return the tag of an XML element without its namespace."""
    return str(etree.QName(element).localname)


def resolve_references(root: Any) -> int:
    """Cut the prefix of the file's own namespace off references (tns:Task_1), and give ids to what has none.

    Returns how many ids were given.
    """
    own = root.get("targetNamespace", "")
    used = {element.get("id") for element in root.iter()}
    given = 0
    for element in root.iter():
        name = local_name(element)
        for key, value in element.attrib.items():
            if key in _REFERENCES or key.endswith("Ref"):
                element.set(key, _own_id(element, value, own, used))
        if name in _TEXTS and element.text:
            element.text = _own_id(element, element.text.strip(), own, used)
        if name in _NAMED and not element.get("id"):
            given += 1
            element.set("id", _free_id(f"{name}_{given}", used))
    return given


def _own_id(element: Any, value: str, own: str, used: set[str | None]) -> str:
    prefix, colon, rest = value.partition(":")
    if not colon or value in used or (rest not in used and element.nsmap.get(prefix) != own):
        return value
    return rest if element.nsmap.get(prefix) == own or prefix not in element.nsmap else value


def _free_id(wanted: str, used: set[str | None]) -> str:
    while wanted in used:
        wanted += "_"
    used.add(wanted)
    return wanted


def holders_of_inner(root: Any) -> dict[str, str]:
    """Return the id of the outermost sub-process of each element inside one."""
    found: dict[str, str] = {}
    for process in root:
        for outer in process if local_name(process) == "process" else ():
            if local_name(outer) in SUBPROCESS_TAGS:
                for inner in outer.iterdescendants():
                    if inner.get("id"):
                        found[inner.get("id")] = outer.get("id", "")
    return found


def main_diagram(root: Any, plane_tag: str) -> Any:
    """Return the diagram that draws the whole: the one of a collaboration or process, else the first; or None."""
    wholes = {child.get("id") for child in root if local_name(child) in {"collaboration", "process"}}
    diagrams = [child for child in root if local_name(child) == "BPMNDiagram"]
    for diagram in diagrams:
        plane = diagram.find(plane_tag)
        if plane is not None and plane.get("bpmnElement") in wholes:
            return diagram
    return diagrams[0] if diagrams else None
