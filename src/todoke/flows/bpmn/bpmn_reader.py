"""BPMN reader BPMN 取込み: a BPMN 2.0 file as a step table; scripts are stored as text and never executed.

Elements that the table does not map are preserved verbatim and named in the notes of the table.
"""

from collections import Counter
from dataclasses import fields, replace
from typing import Any

from lxml import etree

from todoke.flows.bpmn.import_notes import import_notes
from todoke.flows.bpmn.references import holders_of_inner, local_name, main_diagram, resolve_references
from todoke.flows.bpmn.safe_xml import parse_xml
from todoke.flows.bpmn.shapes import DiagramInterchange, read_diagram
from todoke.flows.bpmn.tags import (
    BPMN_NS,
    BPMNDI_NS,
    DEFAULT_EVENT_DEFINITIONS,
    DEFAULT_TAGS,
    FLOW_NODE_TAGS,
    TODOKE_NS,
    node_kind,
)
from todoke.flows.step_table import (
    PARTY_KIND_LABELS,
    FlowEdge,
    FlowNode,
    NodeKind,
    Party,
    PartyKind,
    Pool,
    StepTable,
    UnmappedElement,
    Work,
    XmlAttributes,
    without_implicit_nodes,
)
from todoke.runtime.refusals import Unreadable

MAX_DEPTH = 60
MAX_ELEMENTS = 50_000


def unmapped_attributes(element: Any, *taken: str) -> XmlAttributes:
    """Return the attributes that no field holds; one of ``taken`` is kept too when its value is empty."""
    return tuple((key, value) for key, value in element.attrib.items() if key not in taken or value == "")


def canonical_xml(element: Any) -> str:
    """Return an element as canonical XML (C14N) with its own namespace declarations."""
    prefixes = [prefix for prefix in element.nsmap if prefix]
    return str(
        etree.tostring(element, method="c14n", exclusive=True, inclusive_ns_prefixes=prefixes, with_tail=False).decode()
    )


class _Reader:
    def __init__(self, root: Any) -> None:
        self.root = root
        self.kept: list[UnmappedElement] = []
        self.pools: list[Pool] = []
        self.parties: list[Party] = []
        self.rows: list[FlowNode] = []
        self.links: list[FlowEdge] = []
        self.collaboration: XmlAttributes = ()

    def preserve(self, parent: str, element: Any) -> None:
        self.kept.append(UnmappedElement(parent, local_name(element), canonical_xml(element)))

    def read(self) -> StepTable:
        if self.root.tag != f"{{{BPMN_NS}}}definitions":
            raise Unreadable("BPMN 2.0 の definitions ではありません。")
        given = resolve_references(self.root)
        diagram = main_diagram(self.root, f"{{{BPMNDI_NS}}}BPMNPlane")
        for child in self.root:
            self._part(child, local_name(child), diagram)
        moved = self._lead_to_holders()
        shapes = DiagramInterchange() if diagram is None else read_diagram(diagram, canonical_xml)
        self.kept += shapes.unmapped_shapes({thing.key for thing in self._drawn()})
        definitions = unmapped_attributes(self.root)
        table = StepTable(
            title=self._title(),
            pools=tuple(shapes.pool(pool) for pool in self.pools),
            parties=tuple(shapes.party(party) for party in self.parties),
            rows=tuple(shapes.row(row) for row in self.rows),
            links=tuple(shapes.link(link) for link in self.links),
            kept=tuple(sorted(self.kept, key=lambda kept: kept.parent)),
            definitions=definitions,
            namespaces=tuple((prefix or "", uri) for prefix, uri in self.root.nsmap.items()),
            collaboration=self.collaboration,
            diagram=shapes.diagram,
        )
        own = ("exporter", "Todoke") in definitions
        notes = (*import_notes(table), *([f"id のない要素 {given} 件に id を付けました。"] if given else []), *moved)
        return replace(without_implicit_nodes(table) if own else table, notes=notes, foreign=not own)

    def _lead_to_holders(self) -> list[str]:
        """Let messages from or to a step inside a sub-process end at its row; returns a sentence for each."""
        holders = holders_of_inner(self.root)
        names = {row.key: row.name for row in self.rows}
        said = []
        for at, link in enumerate(self.links):
            ends = {name: getattr(link, name) for name in ("source", "target") if getattr(link, name) in holders}
            if not link.message or not ends:
                continue
            kept = [(f"{{{TODOKE_NS}}}{name}", f"{holders[key]} {key}") for name, key in ends.items()]
            moved = {name: holders[key] for name, key in ends.items()}
            source, target = moved.get("source", link.source), moved.get("target", link.target)
            self.links[at] = replace(link, source=source, target=target, attributes=(*link.attributes, *kept))
            where = "」「".join(names.get(key, "") or "名前のない行" for key in moved.values())
            said.append(f"サブプロセスの中への連絡「{link.name or '名前なし'}」は、「{where}」の行につなぎました。")
        return said

    def _drawn(self) -> list[FlowNode | FlowEdge | Party | Pool]:
        frames = [replace(pool, key=pool.participant) for pool in self.pools if pool.participant]
        return [*self.rows, *self.links, *self.parties, *frames]

    def _title(self) -> str:
        named = [pool.name for pool in self.pools if pool.name]
        return named[0] if named else ""

    def _part(self, child: Any, name: str, diagram: Any) -> None:
        if name == "process":
            self._process(child)
        elif name == "collaboration":
            self._collaboration(child)
        elif child is not diagram:
            self.preserve("definitions", child)

    def _process(self, process: Any) -> None:
        key = process.get("id", "")
        known = next((pool for pool in self.pools if pool.key == key and key), None)
        pool = replace(
            known or Pool(key),
            name=known.name if known else process.get("name", ""),
            process=unmapped_attributes(process, "id"),
        )
        self.pools = [pool if old is known else old for old in self.pools] if known else [*self.pools, pool]
        lanes: dict[str, str] = {}
        for child in process:
            name = local_name(child)
            if name == "laneSet":
                self._lanes(child, key, "", lanes)
            elif name in FLOW_NODE_TAGS:
                self.rows.append(self._row(child, name, key))
            elif name == "sequenceFlow":
                self.links.append(_edge(child, message=False))
            else:
                self.preserve(key, child)
        self.rows = [replace(row, party=lanes.get(row.key, row.party)) if row.pool == key else row for row in self.rows]

    def _lanes(self, lane_set: Any, pool: str, parent: str, lanes: dict[str, str]) -> None:
        for lane in lane_set:
            if local_name(lane) != "lane":
                self.preserve(f"{pool}/laneSet", lane)
                continue
            key, inner = lane.get("id", ""), []
            for child in lane:
                if local_name(child) == "flowNodeRef":
                    lanes[(child.text or "").strip()] = key
                elif local_name(child) == "childLaneSet":
                    self._lanes(child, pool, key, lanes)
                else:
                    inner.append(canonical_xml(child))
            kind = lane.get(f"{{{TODOKE_NS}}}kind", PartyKind.POST)
            taken = ("id", "name", f"{{{TODOKE_NS}}}kind")
            known = PartyKind(kind) if kind in PARTY_KIND_LABELS else PartyKind.POST
            self.parties.append(
                Party(
                    key,
                    lane.get("name", ""),
                    known,
                    pool,
                    parent,
                    None,
                    unmapped_attributes(lane, *taken),
                    (),
                    tuple(inner),
                )
            )

    def _row(self, element: Any, tag: str, pool: str) -> FlowNode:
        inner, work, event = [], Work(), ""
        for child in element:
            name = local_name(child)
            if name in {"incoming", "outgoing"}:
                continue
            if name.endswith("EventDefinition") and not event:
                event = name.removesuffix("EventDefinition")
                if len(child) == 0 and not child.attrib:
                    continue
            if name == "extensionElements":
                work = _work(child)
                if len(child) == 0:
                    continue
            inner.append(canonical_xml(child))
        kind = node_kind(tag, event)
        leaving = sum(1 for child in element if local_name(child) == "outgoing")
        plain = tag == DEFAULT_TAGS[kind] and not (kind == NodeKind.TASK and leaving > 1)
        return FlowNode(
            key=element.get("id", ""),
            name=element.get("name", ""),
            kind=kind,
            pool=pool,
            work=work,
            tag="" if plain else tag,
            event="" if event == DEFAULT_EVENT_DEFINITIONS.get(kind, "") else event,
            host=element.get("attachedToRef", ""),
            implicit=element.get(f"{{{TODOKE_NS}}}implicit") == "true",
            attributes=unmapped_attributes(element, "id", "name", "attachedToRef", f"{{{TODOKE_NS}}}implicit"),
            inner=tuple(inner),
        )

    def _collaboration(self, element: Any) -> None:
        self.collaboration = unmapped_attributes(element)
        for child in element:
            if local_name(child) == "participant":
                pool = Pool(
                    key=child.get("processRef", ""),
                    name=child.get("name", ""),
                    participant=child.get("id", ""),
                    attributes=unmapped_attributes(child, "id", "name", "processRef"),
                    inner=tuple(canonical_xml(grandchild) for grandchild in child),
                )
                written = next((old for old in self.pools if old.key == pool.key and pool.key), None)
                self.pools = [old for old in self.pools if old is not written]
                self.pools.append(replace(pool, process=written.process) if written else pool)
            elif local_name(child) == "messageFlow":
                self.links.append(_edge(child, message=True))
            else:
                self.preserve("collaboration", child)


def _edge(element: Any, *, message: bool) -> FlowEdge:
    share = element.get(f"{{{TODOKE_NS}}}share")
    taken = ("id", "name", "sourceRef", "targetRef", f"{{{TODOKE_NS}}}implicit", f"{{{TODOKE_NS}}}share")
    return FlowEdge(
        key=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=element.get("name", ""),
        share=_number(share) if share else None,
        message=message,
        implicit=element.get(f"{{{TODOKE_NS}}}implicit") == "true",
        attributes=unmapped_attributes(element, *taken),
        inner=tuple(canonical_xml(child) for child in element),
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as problem:
        raise Unreadable(f"「{text}」は数ではありません。") from problem


def _work(extension: Any) -> Work:
    """Return the ``todoke:work`` figures and remove them from the extension elements; other extensions stay."""
    ours = extension.find(f"{{{TODOKE_NS}}}work")
    if ours is None:
        return Work()
    extension.remove(ours)
    plain = Work()
    read: dict[str, Any] = {}
    for spec in fields(Work):
        value = ours.get(spec.name)
        if value is not None:
            default = getattr(plain, spec.name)
            read[spec.name] = value if isinstance(default, str) else type(default)(_number(value))
    return Work(**read)


def _check_size(root: Any) -> None:
    count = 0
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        count += 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise Unreadable("要素が多すぎるか、入れ子が深すぎます。")
        stack.extend((child, depth + 1) for child in element)


def read_bpmn(text: bytes) -> StepTable:
    """Return the step table of a BPMN 2.0 file.

    Raises Unreadable for unsafe or broken XML, duplicate ids, edges without a target, or more than 50,000 elements.
    """
    root = parse_xml(text)
    _check_size(root)
    table = _Reader(root).read()
    keys = Counter([row.key for row in table.rows] + [link.key for link in table.links])
    keys.update(party.key for party in table.parties)
    if twice := [key for key, count in keys.items() if count > 1 or not key]:
        raise Unreadable(f"id が重なっているか空です({'、'.join(twice[:3])})。")
    known = {row.key for row in table.rows} | {pool.participant for pool in table.pools} | {""}
    if lost := [link.key for link in table.links if not {link.source, link.target} <= known]:
        raise Unreadable(f"つなぐ相手のない矢印があります({'、'.join(lost[:3])})。")
    return table
