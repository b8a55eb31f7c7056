"""The step table 手順表: what a flow is to us; drawing and BPMN are ways to look at it. Pure, no ORM, no clock."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

Pairs = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    """What a row does 種類."""

    START = "start"
    TASK = "task"
    DECISION = "decision"
    CHOICES = "choices"
    PARALLEL = "parallel"
    WAIT = "wait"
    MESSAGE = "message"
    EVENT = "event"
    GROUP = "group"
    END = "end"


KIND_TERMS = {
    Kind.START: "始まり",
    Kind.TASK: "作業",
    Kind.DECISION: "判断",
    Kind.CHOICES: "複数の判断",
    Kind.PARALLEL: "同時進行",
    Kind.WAIT: "待ち",
    Kind.MESSAGE: "連絡",
    Kind.EVENT: "できごと",
    Kind.GROUP: "別の流れ",
    Kind.END: "終わり",
}
GATEWAYS = frozenset({Kind.DECISION, Kind.CHOICES, Kind.PARALLEL})
EVENTS = frozenset({Kind.START, Kind.END, Kind.WAIT, Kind.MESSAGE, Kind.EVENT})


class PartyKind(StrEnum):
    """Who acts 担い手の種類."""

    POST = "post"
    RESIDENT = "resident"
    BODY = "body"
    SYSTEM = "system"


PARTY_TERMS = {
    PartyKind.POST: "職員",
    PartyKind.RESIDENT: "住民",
    PartyKind.BODY: "他機関",
    PartyKind.SYSTEM: "システム",
}


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing, in pixels."""

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
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box", slack: float = 0.0) -> bool:
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )


@dataclass(frozen=True)
class Work:
    """What one pass through a row costs 手間. Minutes of work and of waiting; counts per case.

    ``entry`` names the system or book written to, ``paper`` a document asked for, ``register`` where the office
    could read the same fact itself, ``seal`` what the review decided, ``basis`` where the minutes come from.
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
    """A lane 担い手: who does the rows that name it. ``parent`` is set for lanes within a lane."""

    key: str
    name: str
    kind: PartyKind = PartyKind.POST
    pool: str = ""
    parent: str = ""
    box: Box | None = None
    attributes: Pairs = ()
    shape: Pairs = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pool:
    """A process of one organisation プール; ``participant`` is empty when no frame is drawn around it."""

    key: str
    name: str = ""
    participant: str = ""
    box: Box | None = None
    attributes: Pairs = ()
    process: Pairs = ()
    shape: Pairs = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One step 手順. ``tag``, ``attributes`` and ``inner`` keep what another program wrote and we do not read."""

    key: str
    name: str = ""
    kind: Kind = Kind.TASK
    party: str = ""
    pool: str = ""
    work: Work = field(default_factory=Work)
    tag: str = ""
    event: str = ""
    host: str = ""
    implicit: bool = False
    box: Box | None = None
    label: Box | None = None
    attributes: Pairs = ()
    shape: Pairs = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """What comes next 次の手順: an arrow with its share of the cases (0 to 1; None when nobody said)."""

    key: str
    source: str
    target: str
    name: str = ""
    share: float | None = None
    message: bool = False
    implicit: bool = False
    points: tuple[tuple[float, float], ...] = ()
    label: Box | None = None
    attributes: Pairs = ()
    shape: Pairs = ()
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Something of a BPMN file that the table has no word for: kept as written, and named to the reader."""

    parent: str
    what: str
    xml: str


@dataclass(frozen=True)
class Table:
    """A whole flow 業務フロー; ``foreign`` while it stands exactly as another program wrote it."""

    title: str = ""
    pools: tuple[Pool, ...] = ()
    parties: tuple[Party, ...] = ()
    rows: tuple[Row, ...] = ()
    links: tuple[Link, ...] = ()
    kept: tuple[Kept, ...] = ()
    definitions: Pairs = ()
    namespaces: Pairs = ()
    collaboration: Pairs = ()
    diagram: Pairs = ()
    notes: tuple[str, ...] = ()
    foreign: bool = False

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)

    def leaving(self, key: str) -> list[Link]:
        return [link for link in self.links if link.source == key and not link.message]

    def party_name(self, row: Row) -> str:
        return next((party.name for party in self.parties if party.key == row.party), "")


def completed(table: Table) -> Table:
    """Add what a clerk leaves unsaid: where it begins and ends, and the gateway after a task with several nexts."""
    rows, links = list(table.rows), list(table.links)
    if not rows or table.foreign:
        return table
    rows, links = _with_gateways(rows, links)
    links = [link for link in links if not link.message] + [link for link in links if link.message]
    if not any(row.kind == Kind.START for row in rows):
        first = rows[0]
        start = Row("start", "", Kind.START, first.party, first.pool, implicit=True)
        rows.insert(0, start)
        links.append(Link("start-next", "start", first.key, implicit=True))
    followed = {link.source for link in links if not link.message}
    open_rows = [row for row in rows if row.kind != Kind.END and row.key not in followed]
    loose = [link for link in links if link.target == ""]
    if open_rows or loose:
        last = open_rows[-1] if open_rows else next(row for row in rows if row.key == loose[-1].source)
        rows.append(Row("end", "", Kind.END, last.party, last.pool, implicit=True))
        links = [replace(link, target="end") if link.target == "" else link for link in links]
        links += [Link(f"{row.key}-end", row.key, "end", implicit=True) for row in open_rows]
    return replace(table, rows=tuple(rows), links=tuple(links))


def _with_gateways(rows: list[Row], links: list[Link]) -> tuple[list[Row], list[Link]]:
    placed: list[Row] = []
    for row in rows:
        placed.append(row)
        nexts = [link for link in links if link.source == row.key and not link.message]
        if row.kind in GATEWAYS or len(nexts) < 2 or row.inner or row.tag:
            continue
        key = f"{row.key}-branch"
        placed.append(Row(key, "", Kind.DECISION, row.party, row.pool, implicit=True))
        links = [replace(link, source=key) if link in nexts else link for link in links]
        links.append(Link(f"{row.key}-branched", row.key, key, implicit=True))
    return placed, links


def folded(table: Table) -> Table:
    """Undo ``completed``: take away what was only drawn, so that the clerk finds the table as it was written."""
    drawn = {row.key: row for row in table.rows if row.implicit}
    if not drawn:
        return table
    before = {link.target: link.source for link in table.links if link.implicit and link.target in drawn}
    links: list[Link] = []
    for link in table.links:
        if link.implicit:
            continue
        source = before.get(link.source, link.source) if link.source in drawn else link.source
        target = "" if link.target in drawn and drawn[link.target].kind == Kind.END else link.target
        links.append(replace(link, source=source, target=target))
    return replace(table, rows=tuple(row for row in table.rows if not row.implicit), links=tuple(links))
