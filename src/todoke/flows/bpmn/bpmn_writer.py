"""Step table → BPMN 2.0, with our figures as extension elements and everything kept put back in its place."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from lxml import etree

from todoke.flows.bpmn.safe_xml import parse
from todoke.flows.bpmn.tags import DC, DEFAULT_EVENTS, DEFAULT_TAGS, DI, MODEL, PREFIXES, TODOKE, WAYPOINT
from todoke.flows.step_table import Box, Link, Pairs, Party, PartyKind, Pool, Row, Table, Work

_EVENT_HOLDERS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)


def _bpmn(parent: Any, name: str, attributes: Iterable[tuple[str, str]] = ()) -> Any:
    element = etree.SubElement(parent, f"{{{MODEL}}}{name}")
    _set(element, attributes)
    return element


def _set(element: Any, attributes: Iterable[tuple[str, str]]) -> None:
    for key, value in attributes:
        element.set(key, value)


def _named(*attributes: tuple[str, str]) -> Pairs:
    return tuple((key, value) for key, value in attributes if value)


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _put(parent: Any, texts: Iterable[str]) -> None:
    for text in texts:
        parent.append(parse(text.encode()))


def write_bpmn(table: Table) -> bytes:
    """Write a table as BPMN 2.0; rows without positions are written without a drawing."""
    prefixes: dict[Any, str] = {prefix or None: uri for prefix, uri in table.namespaces}
    taken = set(prefixes.values())
    prefixes.update({key: uri for key, uri in PREFIXES.items() if key not in prefixes and uri not in taken})
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=prefixes)
    own = (("id", "todoke"), ("targetNamespace", "https://todoke.example/flows"), ("exporter", "Todoke"))
    _set(root, table.definitions or own)
    _collaboration(root, table)
    for pool in table.pools or (Pool("process", table.title),):
        if pool.key:
            _process(root, table, pool)
    _put(root, (kept.xml for kept in table.kept if kept.parent == "definitions"))
    _diagram(root, table)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix, _ in table.namespaces if prefix])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _collaboration(root: Any, table: Table) -> None:
    framed = [pool for pool in table.pools if pool.participant]
    messages = [link for link in table.links if link.message]
    kept = [kept.xml for kept in table.kept if kept.parent == "collaboration"]
    if not (framed or messages or kept):
        return
    element = _bpmn(root, "collaboration", table.collaboration or (("id", "collaboration"),))
    for pool in framed:
        names = _named(("id", pool.participant), ("name", pool.name), ("processRef", pool.key))
        _put(_bpmn(element, "participant", (*names, *pool.attributes)), pool.inner)
    for link in messages:
        _link(element, "messageFlow", link)
    _put(element, kept)


def _process(root: Any, table: Table, pool: Pool) -> None:
    single = len(table.pools) < 2
    process = _bpmn(root, "process", (("id", pool.key), *(pool.process or _process_attributes(pool))))
    rows = [row for row in table.rows if row.pool == pool.key or single]
    keys = {row.key for row in rows}
    lanes = [party for party in table.parties if party.pool == pool.key or single]
    if lanes:
        lane_set = _bpmn(process, "laneSet", (("id", f"{pool.key}-lanes"),))
        _lanes(lane_set, lanes, rows, "")
    links = [link for link in table.links if not link.message]
    for row in rows:
        _row(process, row, links)
    for link in links:
        if link.source in keys:
            _link(process, "sequenceFlow", link)
    _put(process, (kept.xml for kept in table.kept if kept.parent == pool.key))


def _process_attributes(pool: Pool) -> Pairs:
    return _named(("name", pool.name), ("isExecutable", "false"))


def _lanes(parent: Any, lanes: list[Party], rows: list[Row], above: str) -> None:
    for lane in lanes:
        if lane.parent != above:
            continue
        kind = ((f"{{{TODOKE}}}kind", lane.kind.value),) if lane.kind != PartyKind.POST else ()
        element = _bpmn(parent, "lane", (*_named(("id", lane.key), ("name", lane.name)), *kind, *lane.attributes))
        _put(element, lane.inner)
        for row in rows:
            if row.party == lane.key:
                _bpmn(element, "flowNodeRef").text = row.key
        if any(other.parent == lane.key for other in lanes):
            _lanes(_bpmn(element, "childLaneSet"), lanes, rows, lane.key)


def _row(process: Any, row: Row, links: list[Link]) -> None:
    tag = row.tag or DEFAULT_TAGS[row.kind]
    implicit = ((f"{{{TODOKE}}}implicit", "true"),) if row.implicit else ()
    names = _named(("id", row.key), ("name", row.name), ("attachedToRef", row.host))
    element = _bpmn(process, tag, (*names, *row.attributes, *implicit))
    before = [text for text in row.inner if _opens(text)]
    _put(element, before)
    if row.work != Work():
        _work(element, row.work)
    for link in links:
        if link.target == row.key:
            _bpmn(element, "incoming").text = link.key
    for link in links:
        if link.source == row.key:
            _bpmn(element, "outgoing").text = link.key
    _put(element, (text for text in row.inner if text not in before))
    event = row.event or DEFAULT_EVENTS.get(row.kind, "")
    if event and tag in _EVENT_HOLDERS and element.find(f"{{{MODEL}}}{event}EventDefinition") is None:
        _bpmn(element, f"{event}EventDefinition")


def _opens(text: str) -> bool:
    """Documentation and extensions come first in an element; the schema wants it so."""
    return "documentation" in text[:40] or "extensionElements" in text[:50]


def _work(element: Any, work: Work) -> None:
    extension = element.find(f"{{{MODEL}}}extensionElements")
    if extension is None:
        extension = _bpmn(element, "extensionElements")
    ours = etree.SubElement(extension, f"{{{TODOKE}}}work")
    for spec in fields(Work):
        value = getattr(work, spec.name)
        if value != spec.default:
            ours.set(spec.name, _number(value) if isinstance(value, float) else str(value))


def _link(parent: Any, tag: str, link: Link) -> None:
    extra = [(f"{{{TODOKE}}}implicit", "true")] if link.implicit else []
    if link.share is not None:
        extra.append((f"{{{TODOKE}}}share", repr(link.share)))
    names = _named(("id", link.key), ("name", link.name), ("sourceRef", link.source), ("targetRef", link.target))
    _put(_bpmn(parent, tag, (*names, *link.attributes, *extra)), link.inner)


def _diagram(root: Any, table: Table) -> None:
    drawn = any(row.box for row in table.rows) or any(lane.box for lane in table.parties)
    kept = [kept for kept in table.kept if kept.parent in {"plane", "diagram"}]
    if not drawn and not kept:
        return
    whole = [kept.xml for kept in kept if kept.what == "図"]
    if whole:
        _put(root, whole)
        return
    head = [(key.removeprefix("diagram:"), value) for key, value in table.diagram if key.startswith("diagram:")]
    body = [(key.removeprefix("plane:"), value) for key, value in table.diagram if key.startswith("plane:")]
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram")
    _set(diagram, head or [("id", "diagram")])
    subject = (
        "collaboration" if any(pool.participant for pool in table.pools) else (table.pools or (Pool("process"),))[0].key
    )
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane")
    _set(plane, body or [("id", "plane"), ("bpmnElement", subject)])
    for pool in table.pools:
        _shape(plane, pool.participant, pool.box, pool.shape, None)
    for party in table.parties:
        _shape(plane, party.key, party.box, party.shape, None)
    for row in table.rows:
        _shape(plane, row.key, row.box, row.shape, row.label)
    for link in table.links:
        _edge(plane, link)
    _put(plane, (one.xml for one in kept if one.parent == "plane"))
    _put(diagram, (one.xml for one in kept if one.parent == "diagram"))


def _shape(plane: Any, key: str, box: Box | None, attributes: Pairs, label: Box | None) -> None:
    if box is None or not key:
        return
    shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape")
    _set(shape, [("id", f"{key}_di"), ("bpmnElement", key)])
    _set(shape, [(name, value) for name, value in attributes if not name.startswith("label:")])
    _bounds(shape, box)
    _label(shape, attributes, label)


def _edge(plane: Any, link: Link) -> None:
    if not link.points:
        return
    edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge")
    _set(edge, [("id", f"{link.key}_di"), ("bpmnElement", link.key)])
    _set(edge, [(name, value) for name, value in link.shape if not name.startswith("label:")])
    for x, y in link.points:
        point = etree.SubElement(edge, f"{{{WAYPOINT}}}waypoint")
        point.set("x", _number(x))
        point.set("y", _number(y))
    _label(edge, link.shape, link.label)


def _label(parent: Any, attributes: Pairs, label: Box | None) -> None:
    own = [(name.removeprefix("label:"), value) for name, value in attributes if name.startswith("label:")]
    if label is None and not own:
        return
    element = etree.SubElement(parent, f"{{{DI}}}BPMNLabel")
    _set(element, [(name, value) for name, value in own if name])
    if label is not None:
        _bounds(element, label)


def _bounds(parent: Any, box: Box) -> None:
    bounds = etree.SubElement(parent, f"{{{DC}}}Bounds")
    for name in ("x", "y", "width", "height"):
        bounds.set(name, _number(getattr(box, name)))
