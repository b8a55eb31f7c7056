"""BPMN writer BPMN 書出し: a step table as BPMN 2.0; our figures are extension elements, preserved XML is put back."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from lxml import etree

from todoke.flows.bpmn.safe_xml import parse_xml
from todoke.flows.bpmn.tags import (
    BPMN_NS,
    BPMNDI_NS,
    DC_NS,
    DEFAULT_EVENT_DEFINITIONS,
    DEFAULT_TAGS,
    DI_NS,
    PREFIXES,
    TODOKE_NS,
)
from todoke.flows.step_table import Box, FlowEdge, FlowNode, Party, PartyKind, Pool, StepTable, Work, XmlAttributes

_EVENT_HOLDERS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)

_INNER_ENDS = (f"{{{TODOKE_NS}}}source", f"{{{TODOKE_NS}}}target")
"""Attributes of a message whose end lies inside a sub-process: the row's key, a blank, and the inner id."""


def _add_element(parent: Any, name: str, attributes: Iterable[tuple[str, str]] = ()) -> Any:
    element = etree.SubElement(parent, f"{{{BPMN_NS}}}{name}")
    _set_attributes(element, attributes)
    return element


def _set_attributes(element: Any, attributes: Iterable[tuple[str, str]]) -> None:
    for key, value in attributes:
        element.set(key, value)


def _non_empty(*attributes: tuple[str, str]) -> XmlAttributes:
    return tuple((key, value) for key, value in attributes if value)


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _append_xml(parent: Any, texts: Iterable[str]) -> None:
    for text in texts:
        parent.append(parse_xml(text.encode()))


def write_bpmn(table: StepTable) -> bytes:
    """Return the table as a BPMN 2.0 document in UTF-8; without positions it has no diagram interchange."""
    prefixes: dict[Any, str] = {prefix or None: uri for prefix, uri in table.namespaces}
    taken = set(prefixes.values())
    prefixes.update({key: uri for key, uri in PREFIXES.items() if key not in prefixes and uri not in taken})
    root = etree.Element(f"{{{BPMN_NS}}}definitions", nsmap=prefixes)
    own = (("id", "todoke"), ("targetNamespace", "https://todoke.example/flows"), ("exporter", "Todoke"))
    _set_attributes(root, table.definitions or own)
    _collaboration(root, table)
    for pool in table.pools or (Pool("process", table.title),):
        if pool.key:
            _process(root, table, pool)
    _append_xml(root, (kept.xml for kept in table.kept if kept.parent == "definitions"))
    _diagram(root, table)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix, _ in table.namespaces if prefix])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _collaboration(root: Any, table: StepTable) -> None:
    framed = [pool for pool in table.pools if pool.participant]
    messages = [link for link in table.links if link.message]
    kept = [kept.xml for kept in table.kept if kept.parent == "collaboration"]
    if not (framed or messages or kept):
        return
    element = _add_element(root, "collaboration", table.collaboration or (("id", "collaboration"),))
    for pool in framed:
        names = _non_empty(("id", pool.participant), ("name", pool.name), ("processRef", pool.key))
        _append_xml(_add_element(element, "participant", (*names, *pool.attributes)), pool.inner)
    for link in messages:
        _flow(element, "messageFlow", link)
    _append_xml(element, kept)


def _process(root: Any, table: StepTable, pool: Pool) -> None:
    single = len(table.pools) < 2
    process = _add_element(root, "process", (("id", pool.key), *(pool.process or _process_attributes(pool))))
    rows = [row for row in table.rows if row.pool == pool.key or single]
    keys = {row.key for row in rows}
    lanes = [party for party in table.parties if party.pool == pool.key or single]
    if lanes:
        lane_set = _add_element(process, "laneSet", (("id", f"{pool.key}-lanes"),))
        _lanes(lane_set, lanes, rows, "")
    links = [link for link in table.links if not link.message]
    for row in rows:
        _node(process, row, links)
    for link in links:
        if link.source in keys:
            _flow(process, "sequenceFlow", link)
    _append_xml(process, (kept.xml for kept in table.kept if kept.parent == pool.key))


def _process_attributes(pool: Pool) -> XmlAttributes:
    return _non_empty(("name", pool.name), ("isExecutable", "false"))


def _lanes(parent: Any, lanes: list[Party], rows: list[FlowNode], above: str) -> None:
    for lane in lanes:
        if lane.parent != above:
            continue
        kind = ((f"{{{TODOKE_NS}}}kind", lane.kind.value),) if lane.kind != PartyKind.POST else ()
        element = _add_element(
            parent, "lane", (*_non_empty(("id", lane.key), ("name", lane.name)), *kind, *lane.attributes)
        )
        _append_xml(element, lane.inner)
        for row in rows:
            if row.party == lane.key:
                _add_element(element, "flowNodeRef").text = row.key
        if any(other.parent == lane.key for other in lanes):
            _lanes(_add_element(element, "childLaneSet"), lanes, rows, lane.key)


def _node(process: Any, row: FlowNode, links: list[FlowEdge]) -> None:
    tag = row.tag or DEFAULT_TAGS[row.kind]
    implicit = ((f"{{{TODOKE_NS}}}implicit", "true"),) if row.implicit else ()
    names = _non_empty(("id", row.key), ("name", row.name), ("attachedToRef", row.host))
    element = _add_element(process, tag, (*names, *row.attributes, *implicit))
    before = [text for text in row.inner if _precedes_incoming(text)]
    _append_xml(element, before)
    if row.work != Work():
        _work(element, row.work)
    for link in links:
        if link.target == row.key:
            _add_element(element, "incoming").text = link.key
    for link in links:
        if link.source == row.key:
            _add_element(element, "outgoing").text = link.key
    _append_xml(element, (text for text in row.inner if text not in before))
    event = row.event or DEFAULT_EVENT_DEFINITIONS.get(row.kind, "")
    if event and tag in _EVENT_HOLDERS and element.find(f"{{{BPMN_NS}}}{event}EventDefinition") is None:
        _add_element(element, f"{event}EventDefinition")


def _precedes_incoming(text: str) -> bool:
    """Return whether an element comes before ``incoming`` in the BPMN schema (documentation and extensions)."""
    return "documentation" in text[:40] or "extensionElements" in text[:50]


def _work(element: Any, work: Work) -> None:
    extension = element.find(f"{{{BPMN_NS}}}extensionElements")
    if extension is None:
        extension = _add_element(element, "extensionElements")
    ours = etree.SubElement(extension, f"{{{TODOKE_NS}}}work")
    for spec in fields(Work):
        value = getattr(work, spec.name)
        if value != spec.default:
            ours.set(spec.name, _number(value) if isinstance(value, float) else str(value))


def _flow(parent: Any, tag: str, link: FlowEdge) -> None:
    extra = [(f"{{{TODOKE_NS}}}implicit", "true")] if link.implicit else []
    if link.share is not None:
        extra.append((f"{{{TODOKE_NS}}}share", repr(link.share)))
    inner = {key: text.partition(" ") for key, text in link.attributes if key in _INNER_ENDS}
    source, target = (
        held[2] if (held := inner.get(key)) and held[0] == end else end
        for key, end in zip(_INNER_ENDS, (link.source, link.target), strict=True)
    )
    names = _non_empty(("id", link.key), ("name", link.name), ("sourceRef", source), ("targetRef", target))
    rest = [(key, text) for key, text in link.attributes if key not in inner]
    _append_xml(_add_element(parent, tag, (*names, *rest, *extra)), link.inner)


def _diagram(root: Any, table: StepTable) -> None:
    drawn = any(row.box for row in table.rows) or any(lane.box for lane in table.parties)
    kept = [kept for kept in table.kept if kept.parent in {"plane", "diagram"}]
    if not drawn and not kept:
        return
    whole = [kept.xml for kept in kept if kept.what == "図"]
    if whole:
        _append_xml(root, whole)
        return
    head = [(key.removeprefix("diagram:"), value) for key, value in table.diagram if key.startswith("diagram:")]
    body = [(key.removeprefix("plane:"), value) for key, value in table.diagram if key.startswith("plane:")]
    diagram = etree.SubElement(root, f"{{{BPMNDI_NS}}}BPMNDiagram")
    _set_attributes(diagram, head or [("id", "diagram")])
    subject = (
        "collaboration" if any(pool.participant for pool in table.pools) else (table.pools or (Pool("process"),))[0].key
    )
    plane = etree.SubElement(diagram, f"{{{BPMNDI_NS}}}BPMNPlane")
    _set_attributes(plane, body or [("id", "plane"), ("bpmnElement", subject)])
    for pool in table.pools:
        _shape(plane, pool.participant, pool.box, pool.shape, None)
    for party in table.parties:
        _shape(plane, party.key, party.box, party.shape, None)
    for row in table.rows:
        _shape(plane, row.key, row.box, row.shape, row.label)
    for link in table.links:
        _edge(plane, link)
    _append_xml(plane, (one.xml for one in kept if one.parent == "plane"))
    _append_xml(diagram, (one.xml for one in kept if one.parent == "diagram"))


def _shape(plane: Any, key: str, box: Box | None, attributes: XmlAttributes, label: Box | None) -> None:
    if box is None or not key:
        return
    shape = etree.SubElement(plane, f"{{{BPMNDI_NS}}}BPMNShape")
    _set_attributes(shape, [("id", f"{key}_di"), ("bpmnElement", key)])
    _set_attributes(shape, [(name, value) for name, value in attributes if not name.startswith("label:")])
    _bounds(shape, box)
    _label(shape, attributes, label)


def _edge(plane: Any, link: FlowEdge) -> None:
    if not link.points:
        return
    edge = etree.SubElement(plane, f"{{{BPMNDI_NS}}}BPMNEdge")
    _set_attributes(edge, [("id", f"{link.key}_di"), ("bpmnElement", link.key)])
    _set_attributes(edge, [(name, value) for name, value in link.shape if not name.startswith("label:")])
    for x, y in link.points:
        point = etree.SubElement(edge, f"{{{DI_NS}}}waypoint")
        point.set("x", _number(x))
        point.set("y", _number(y))
    _label(edge, link.shape, link.label)


def _label(parent: Any, attributes: XmlAttributes, label: Box | None) -> None:
    own = [(name.removeprefix("label:"), value) for name, value in attributes if name.startswith("label:")]
    if label is None and not own:
        return
    element = etree.SubElement(parent, f"{{{BPMNDI_NS}}}BPMNLabel")
    _set_attributes(element, [(name, value) for name, value in own if name])
    if label is not None:
        _bounds(element, label)


def _bounds(parent: Any, box: Box) -> None:
    bounds = etree.SubElement(parent, f"{{{DC_NS}}}Bounds")
    for name in ("x", "y", "width", "height"):
        bounds.set(name, _number(getattr(box, name)))
