"""BPMN 2.0 → step table. Scripts are kept as text and never run; what has no word in the table is kept and named."""

from collections import Counter
from dataclasses import fields, replace
from typing import Any

from lxml import etree

from todoke.flows.bpmn.safe_xml import UnsafeXml, parse
from todoke.flows.bpmn.shapes import Shapes, read_shapes
from todoke.flows.bpmn.tags import DEFAULT_EVENTS, DEFAULT_TAGS, FLOW_NODES, MODEL, TODOKE, kind_of
from todoke.flows.step_table import (
    PARTY_TERMS,
    Kept,
    Kind,
    Link,
    Pairs,
    Party,
    PartyKind,
    Pool,
    Row,
    Table,
    Work,
    folded,
)

DEEPEST = 60
MOST_ELEMENTS = 50_000


def name_of(element: Any) -> str:
    return str(etree.QName(element).localname)


def attributes_of(element: Any, *taken: str) -> Pairs:
    """Return the attributes that no field of ours holds; an attribute written empty is kept as such."""
    return tuple((key, value) for key, value in element.attrib.items() if key not in taken or value == "")


def raw(element: Any) -> str:
    """Write an element as canonical text that stands by itself."""
    prefixes = [prefix for prefix in element.nsmap if prefix]
    return str(
        etree.tostring(element, method="c14n", exclusive=True, inclusive_ns_prefixes=prefixes, with_tail=False).decode()
    )


class _Reader:
    def __init__(self, root: Any) -> None:
        self.root = root
        self.kept: list[Kept] = []
        self.pools: list[Pool] = []
        self.parties: list[Party] = []
        self.rows: list[Row] = []
        self.links: list[Link] = []
        self.collaboration: Pairs = ()

    def keep(self, parent: str, element: Any) -> None:
        self.kept.append(Kept(parent, name_of(element), raw(element)))

    def read(self) -> Table:
        if self.root.tag != f"{{{MODEL}}}definitions":
            raise UnsafeXml("BPMN 2.0 の definitions ではありません。")
        diagrams = [child for child in self.root if name_of(child) == "BPMNDiagram"]
        for child in self.root:
            self._part(child, name_of(child), diagrams)
        shapes = read_shapes(diagrams[0], raw) if diagrams else Shapes()
        self.kept += shapes.kept_beside({thing.key for thing in self._drawn()})
        definitions = attributes_of(self.root)
        table = Table(
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
        return replace(folded(table) if own else table, notes=_notes(table), foreign=not own)

    def _drawn(self) -> list[Row | Link | Party | Pool]:
        frames = [replace(pool, key=pool.participant) for pool in self.pools if pool.participant]
        return [*self.rows, *self.links, *self.parties, *frames]

    def _title(self) -> str:
        named = [pool.name for pool in self.pools if pool.name]
        return named[0] if named else ""

    def _part(self, child: Any, name: str, diagrams: list[Any]) -> None:
        if name == "process":
            self._process(child)
        elif name == "collaboration":
            self._collaboration(child)
        elif child not in diagrams[:1]:
            self.keep("definitions", child)

    def _process(self, process: Any) -> None:
        key = process.get("id", "")
        known = next((pool for pool in self.pools if pool.key == key and key), None)
        pool = replace(
            known or Pool(key),
            name=known.name if known else process.get("name", ""),
            process=attributes_of(process, "id"),
        )
        self.pools = [pool if old is known else old for old in self.pools] if known else [*self.pools, pool]
        lanes: dict[str, str] = {}
        for child in process:
            name = name_of(child)
            if name == "laneSet":
                self._lanes(child, key, "", lanes)
            elif name in FLOW_NODES:
                self.rows.append(self._row(child, name, key))
            elif name == "sequenceFlow":
                self.links.append(_link(child, message=False))
            else:
                self.keep(key, child)
        self.rows = [replace(row, party=lanes.get(row.key, row.party)) if row.pool == key else row for row in self.rows]

    def _lanes(self, lane_set: Any, pool: str, parent: str, lanes: dict[str, str]) -> None:
        for lane in lane_set:
            if name_of(lane) != "lane":
                self.keep(f"{pool}/laneSet", lane)
                continue
            key, inner = lane.get("id", ""), []
            for child in lane:
                if name_of(child) == "flowNodeRef":
                    lanes[(child.text or "").strip()] = key
                elif name_of(child) == "childLaneSet":
                    self._lanes(child, pool, key, lanes)
                else:
                    inner.append(raw(child))
            kind = lane.get(f"{{{TODOKE}}}kind", PartyKind.POST)
            taken = ("id", "name", f"{{{TODOKE}}}kind")
            known = PartyKind(kind) if kind in PARTY_TERMS else PartyKind.POST
            self.parties.append(
                Party(
                    key, lane.get("name", ""), known, pool, parent, None, attributes_of(lane, *taken), (), tuple(inner)
                )
            )

    def _row(self, element: Any, tag: str, pool: str) -> Row:
        inner, work, event = [], Work(), ""
        for child in element:
            name = name_of(child)
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
            inner.append(raw(child))
        kind = kind_of(tag, event)
        leaving = sum(1 for child in element if name_of(child) == "outgoing")
        plain = tag == DEFAULT_TAGS[kind] and not (kind == Kind.TASK and leaving > 1)
        return Row(
            key=element.get("id", ""),
            name=element.get("name", ""),
            kind=kind,
            pool=pool,
            work=work,
            tag="" if plain else tag,
            event="" if event == DEFAULT_EVENTS.get(kind, "") else event,
            host=element.get("attachedToRef", ""),
            implicit=element.get(f"{{{TODOKE}}}implicit") == "true",
            attributes=attributes_of(element, "id", "name", "attachedToRef", f"{{{TODOKE}}}implicit"),
            inner=tuple(inner),
        )

    def _collaboration(self, element: Any) -> None:
        self.collaboration = attributes_of(element)
        for child in element:
            if name_of(child) == "participant":
                pool = Pool(
                    key=child.get("processRef", ""),
                    name=child.get("name", ""),
                    participant=child.get("id", ""),
                    attributes=attributes_of(child, "id", "name", "processRef"),
                    inner=tuple(raw(grandchild) for grandchild in child),
                )
                written = next((old for old in self.pools if old.key == pool.key and pool.key), None)
                self.pools = [old for old in self.pools if old is not written]
                self.pools.append(replace(pool, process=written.process) if written else pool)
            elif name_of(child) == "messageFlow":
                self.links.append(_link(child, message=True))
            else:
                self.keep("collaboration", child)


def _link(element: Any, *, message: bool) -> Link:
    share = element.get(f"{{{TODOKE}}}share")
    taken = ("id", "name", "sourceRef", "targetRef", f"{{{TODOKE}}}implicit", f"{{{TODOKE}}}share")
    return Link(
        key=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=element.get("name", ""),
        share=_number(share) if share else None,
        message=message,
        implicit=element.get(f"{{{TODOKE}}}implicit") == "true",
        attributes=attributes_of(element, *taken),
        inner=tuple(raw(child) for child in element),
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as problem:
        raise UnsafeXml(f"「{text}」は数ではありません。") from problem


def _work(extension: Any) -> Work:
    """Take our own figures out of the extension elements; those of other programs stay."""
    ours = extension.find(f"{{{TODOKE}}}work")
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


def _notes(table: Table) -> tuple[str, ...]:
    """Name what the table keeps without understanding it, so that nobody believes it was read."""
    notes = [f"{what}({count}件)は表にできないため、そのまま保存しました。" for what, count in _kept_counts(table)]
    scripts = sum("script" in text[:60].lower() for row in table.rows for text in row.inner)
    if scripts:
        notes.append(f"スクリプト {scripts} 件は文字として保存しました。実行はしません。")
    inside = sum(row.kind == Kind.GROUP and len(row.inner) > 0 for row in table.rows)
    if inside:
        notes.append(f"サブプロセス {inside} 件の中身は1行にまとめ、そのまま保存しました。")
    foreign = sum(key.startswith("{") for key, _ in _attributes_of_parts(table))
    if foreign:
        notes.append(f"ほかのプログラムの属性 {foreign} 件はそのまま保存しました。")
    conditions = sum(len(link.inner) > 0 for link in table.links)
    if conditions:
        notes.append(f"条件式 {conditions} 件は文字として保存しました。割合は表に入れてください。")
    return tuple(notes)


def _attributes_of_parts(table: Table) -> Pairs:
    of_rows = [pair for row in table.rows for pair in row.attributes]
    return (*of_rows, *(pair for link in table.links for pair in link.attributes))


def _kept_counts(table: Table) -> list[tuple[str, int]]:
    return Counter(kept.what for kept in table.kept).most_common()


def _check(root: Any) -> None:
    count = 0
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        count += 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise UnsafeXml("要素が多すぎるか、入れ子が深すぎます。")
        stack.extend((child, depth + 1) for child in element)


def read_bpmn(text: bytes) -> Table:
    """Read a BPMN 2.0 file. Raises UnsafeXml when it is hostile, broken or not BPMN."""
    root = parse(text)
    _check(root)
    table = _Reader(root).read()
    keys = Counter([row.key for row in table.rows] + [link.key for link in table.links])
    keys.update(party.key for party in table.parties)
    if twice := [key for key, count in keys.items() if count > 1 or not key]:
        raise UnsafeXml(f"id が重なっているか空です({'、'.join(twice[:3])})。")
    known = {row.key for row in table.rows} | {pool.participant for pool in table.pools} | {""}
    if lost := [link.key for link in table.links if not {link.source, link.target} <= known]:
        raise UnsafeXml(f"つなぐ相手のない矢印があります({'、'.join(lost[:3])})。")
    return table
