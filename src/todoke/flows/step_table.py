"""Step table 手順表: a process model as rows of flow nodes and the edges between them. Pure: no ORM, no clock.

The terms are those of BPMN 2.0 (ISO/IEC 19510): pools, lanes, flow nodes, sequence flows and message flows.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

XmlAttributes = tuple[tuple[str, str], ...]


class NodeKind(StrEnum):
    """種類: the BPMN type of a flow node; the values are written in stored documents and do not change.

    EXCLUSIVE, INCLUSIVE and PARALLEL are gateways, TIMER and MESSAGE intermediate events, SUBPROCESS a collapsed one.
    """

    START = "start"
    TASK = "task"
    EXCLUSIVE = "decision"
    INCLUSIVE = "choices"
    PARALLEL = "parallel"
    TIMER = "wait"
    MESSAGE = "message"
    EVENT = "event"
    SUBPROCESS = "group"
    END = "end"


NODE_KIND_LABELS = {
    NodeKind.START: "始まり",
    NodeKind.TASK: "作業",
    NodeKind.EXCLUSIVE: "判断",
    NodeKind.INCLUSIVE: "複数の判断",
    NodeKind.PARALLEL: "同時進行",
    NodeKind.TIMER: "待ち",
    NodeKind.MESSAGE: "連絡",
    NodeKind.EVENT: "できごと",
    NodeKind.SUBPROCESS: "別の流れ",
    NodeKind.END: "終わり",
}
GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE, NodeKind.PARALLEL})
EVENTS = frozenset({NodeKind.START, NodeKind.END, NodeKind.TIMER, NodeKind.MESSAGE, NodeKind.EVENT})


class PartyKind(StrEnum):
    """担い手の種類: who performs the flow nodes of a lane: staff, a resident, another organisation or a system."""

    POST = "post"
    RESIDENT = "resident"
    BODY = "body"
    SYSTEM = "system"


PARTY_KIND_LABELS = {
    PartyKind.POST: "職員",
    PartyKind.RESIDENT: "住民",
    PartyKind.BODY: "他機関",
    PartyKind.SYSTEM: "システム",
}


@dataclass(frozen=True)
class Box:
    """図の範囲: the bounds of a shape (BPMN DI ``dc:Bounds``), in pixels; x and y are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box", tolerance: float = 0.0) -> bool:
        """Return whether two boxes share more than ``tolerance`` pixels in both directions."""
        return (
            self.x < other.right - tolerance
            and other.x < self.right - tolerance
            and self.y < other.bottom - tolerance
            and other.y < self.bottom - tolerance
        )


@dataclass(frozen=True)
class Work:
    """手間: time and counts of one execution of a flow node: minutes of work (least, usual, most) and of waiting.

    ``copies``, ``name_writes`` and ``visits`` are counts per execution. ``entry`` names the system or book written to,
    ``paper`` a document asked for, ``register`` where the office could read the same fact itself, ``seal`` what the
    review decided about the stamp, ``basis`` where the minutes come from.
    """

    least: float = 0.0
    usual: float = 0.0
    most: float = 0.0
    wait: float = 0.0
    wait_reason: str = ""
    form: str = ""
    copies: int = 0
    name_writes: int = 0
    visits: int = 0
    seal: str = ""
    entry: str = ""
    paper: str = ""
    register: str = ""
    law: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Party:
    """担い手: a BPMN lane, the performer of the flow nodes that name it. ``parent`` is the enclosing lane, or empty."""

    key: str
    name: str
    kind: PartyKind = PartyKind.POST
    pool: str = ""
    parent: str = ""
    box: Box | None = None
    attributes: XmlAttributes = ()
    shape: XmlAttributes = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pool:
    """プール: a BPMN pool with its process; ``participant`` is empty when no frame is drawn around it."""

    key: str
    name: str = ""
    participant: str = ""
    box: Box | None = None
    attributes: XmlAttributes = ()
    process: XmlAttributes = ()
    shape: XmlAttributes = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowNode:
    """手順: a BPMN flow node, one row of the table. ``host`` is the activity that a boundary event is attached to.

    ``tag``, ``attributes`` and ``inner`` preserve XML that the table does not interpret.
    """

    key: str
    name: str = ""
    kind: NodeKind = NodeKind.TASK
    party: str = ""
    pool: str = ""
    work: Work = field(default_factory=Work)
    tag: str = ""
    event: str = ""
    host: str = ""
    implicit: bool = False
    box: Box | None = None
    label: Box | None = None
    attributes: XmlAttributes = ()
    shape: XmlAttributes = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowEdge:
    """次の手順: a sequence flow between two flow nodes, or a message flow where ``message`` is set.

    ``share`` is the branch probability (0 to 1; None when nobody gave one), ``points`` are waypoints in pixels.
    """

    key: str
    source: str
    target: str
    name: str = ""
    share: float | None = None
    message: bool = False
    implicit: bool = False
    points: tuple[tuple[float, float], ...] = ()
    label: Box | None = None
    attributes: XmlAttributes = ()
    shape: XmlAttributes = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnmappedElement:
    """保存した要素: a BPMN element that the table does not map, written back verbatim below ``parent``."""

    parent: str
    what: str
    xml: str


@dataclass(frozen=True)
class StepTable:
    """業務フロー: a process model; ``foreign`` is True while it stands as another program wrote it."""

    title: str = ""
    pools: tuple[Pool, ...] = ()
    parties: tuple[Party, ...] = ()
    rows: tuple[FlowNode, ...] = ()
    links: tuple[FlowEdge, ...] = ()
    kept: tuple[UnmappedElement, ...] = ()
    definitions: XmlAttributes = ()
    namespaces: XmlAttributes = ()
    collaboration: XmlAttributes = ()
    diagram: XmlAttributes = ()
    notes: tuple[str, ...] = ()
    foreign: bool = False

    def row(self, key: str) -> FlowNode:
        """Return the flow node with a key. Raises StopIteration when there is none."""
        return next(row for row in self.rows if row.key == key)

    def outgoing(self, key: str) -> list[FlowEdge]:
        """Return the sequence flows that leave a flow node, in order; message flows are left out."""
        return [link for link in self.links if link.source == key and not link.message]

    def party_name(self, row: FlowNode) -> str:
        """Return the name of a flow node's lane, empty without a lane."""
        return next((party.name for party in self.parties if party.key == row.party), "")


def with_implicit_nodes(table: StepTable) -> StepTable:
    """Return the table with the start event, end event and exclusive gateways that a clerk leaves out, marked implicit.

    A table of another program is returned as it is.
    """
    rows, links = list(table.rows), list(table.links)
    if not rows or table.foreign:
        return table
    rows, links = _with_implicit_gateways(rows, links)
    links = [link for link in links if not link.message] + [link for link in links if link.message]
    if not any(row.kind == NodeKind.START for row in rows):
        first = rows[0]
        start = FlowNode("start", "", NodeKind.START, first.party, first.pool, implicit=True)
        rows.insert(0, start)
        links.append(FlowEdge("start-next", "start", first.key, implicit=True))
    followed = {link.source for link in links if not link.message}
    open_rows = [row for row in rows if row.kind != NodeKind.END and row.key not in followed]
    loose = [link for link in links if link.target == ""]
    if open_rows or loose:
        last = open_rows[-1] if open_rows else next(row for row in rows if row.key == loose[-1].source)
        rows.append(FlowNode("end", "", NodeKind.END, last.party, last.pool, implicit=True))
        links = [replace(link, target="end") if link.target == "" else link for link in links]
        links += [FlowEdge(f"{row.key}-end", row.key, "end", implicit=True) for row in open_rows]
    return replace(table, rows=tuple(rows), links=tuple(links))


def _with_implicit_gateways(rows: list[FlowNode], links: list[FlowEdge]) -> tuple[list[FlowNode], list[FlowEdge]]:
    placed: list[FlowNode] = []
    for row in rows:
        placed.append(row)
        nexts = [link for link in links if link.source == row.key and not link.message]
        if row.kind in GATEWAYS or len(nexts) < 2 or row.inner or row.tag:
            continue
        key = f"{row.key}-branch"
        placed.append(FlowNode(key, "", NodeKind.EXCLUSIVE, row.party, row.pool, implicit=True))
        links = [replace(link, source=key) if link in nexts else link for link in links]
        links.append(FlowEdge(f"{row.key}-branched", row.key, key, implicit=True))
    return placed, links


def without_implicit_nodes(table: StepTable) -> StepTable:
    """Return the table without its implicit nodes and edges: the inverse of ``with_implicit_nodes``."""
    drawn = {row.key: row for row in table.rows if row.implicit}
    if not drawn:
        return table
    before = {link.target: link.source for link in table.links if link.implicit and link.target in drawn}
    links: list[FlowEdge] = []
    for link in table.links:
        if link.implicit:
            continue
        source = before.get(link.source, link.source) if link.source in drawn else link.source
        target = "" if link.target in drawn and drawn[link.target].kind == NodeKind.END else link.target
        links.append(replace(link, source=source, target=target))
    return replace(table, rows=tuple(row for row in table.rows if not row.implicit), links=tuple(links))
