"""Placing 配置: which column and which line of which lane every row of a table gets, before any pixel is known."""

from dataclasses import dataclass, field

from todoke.flows.step_table import EVENTS, GATEWAYS, FlowEdge, FlowNode, NodeKind, StepTable


@dataclass
class Lane:
    """One lane: its real lines, and thin lines above and below on which only arrows run."""

    key: str
    title: str
    pool: str
    lines: list[set[int]] = field(default_factory=lambda: [set()])
    thin: dict[str, list[set[int]]] = field(default_factory=lambda: {"top": [], "bottom": []})


@dataclass(frozen=True)
class Line:
    """A line of a lane: a real one (``row``) or a thin one at its top or bottom."""

    lane: str
    kind: str
    number: int


@dataclass
class Placed:
    """Where everything stands: a column and a line for rows, and the line along which a long arrow runs."""

    lanes: list[Lane]
    columns: dict[str, int]
    lines: dict[str, Line]
    ways: dict[str, Line | None]
    back: set[str]

    def lane(self, key: str) -> Lane:
        return next(lane for lane in self.lanes if lane.key == key)


def drawn_links(table: StepTable) -> list[FlowEdge]:
    """The arrows between rows; a message to a whole organisation has no row to end at."""
    keys = {row.key for row in table.rows}
    return [link for link in table.links if link.source in keys and link.target in keys]


def label_of(link: FlowEdge) -> str:
    """What stands beside an arrow: its name and its share."""
    share = f"{link.share * 100:.0f}%" if link.share is not None else ""
    return " ".join(part for part in (link.name, share) if part)


def _lanes(table: StepTable) -> tuple[list[Lane], dict[str, str]]:
    parents = {party.parent for party in table.parties if party.parent}
    names = {party.key: party.name for party in table.parties}
    leaves = [party for party in table.parties if party.key not in parents]
    lanes = [
        Lane(party.key, " / ".join(filter(None, [names.get(party.parent, ""), party.name])), party.pool)
        for party in leaves
    ]
    known = {lane.key for lane in lanes}
    of_row: dict[str, str] = {}
    for row in table.rows:
        key = row.party if row.party in known else f"pool:{row.pool}"
        if key not in known:
            known.add(key)
            lanes.append(Lane(key, "", row.pool))
        of_row[row.key] = key
    order = [pool.key for pool in table.pools]
    used = set(of_row.values())
    lanes = [lane for lane in lanes if lane.key in used]
    return sorted(lanes, key=lambda lane: order.index(lane.pool) if lane.pool in order else len(order)), of_row


def _back_links(rows: list[FlowNode], links: list[FlowEdge]) -> set[str]:
    """Find the arrows that lead back, by walking the flow in the order of the table."""
    leaving: dict[str, list[FlowEdge]] = {row.key: [] for row in rows}
    for link in links:
        leaving[link.source].append(link)
    back: set[str] = set()
    state: dict[str, int] = {}
    entered = {link.target for link in links}
    for row in sorted(rows, key=lambda row: (row.kind != NodeKind.START, row.key in entered)):
        if row.key in state:
            continue
        state[row.key] = 1
        stack = [(row.key, iter(leaving[row.key]))]
        while stack:
            key, nexts = stack[-1]
            following = next(nexts, None)
            if following is None:
                state[key] = 2
                stack.pop()
            elif state.get(following.target) == 1:
                back.add(following.key)
            elif following.target not in state:
                state[following.target] = 1
                stack.append((following.target, iter(leaving[following.target])))
    return back


def _columns(rows: list[FlowNode], links: list[FlowEdge], back: set[str]) -> dict[str, int]:
    """Give every row the column after the last of its predecessors."""
    kinds = {row.key: row.kind for row in rows}
    labelled = [link.target for link in links if label_of(link) and link.key not in back]
    columns = {row.key: 0 for row in rows}
    forward = [link for link in links if link.key not in back]
    for _ in rows:
        moved = False
        for link in forward:
            crowded = kinds[link.target] in EVENTS | GATEWAYS and labelled.count(link.target) > 1
            wanted = columns[link.source] + (2 if label_of(link) and crowded else 1)
            if columns[link.target] < wanted:
                columns[link.target], moved = wanted, True
        if not moved:
            break
    return columns


def place(table: StepTable) -> Placed:
    """Place a completed table on a grid: one row a cell, one arrow a cell."""
    lanes, of_row = _lanes(table)
    links = drawn_links(table)
    back = _back_links(list(table.rows), links)
    columns = _columns(list(table.rows), links, back)
    placed = Placed(lanes, columns, {}, {}, back)
    order = {row.key: number for number, row in enumerate(table.rows)}
    for row in sorted(table.rows, key=lambda row: (columns[row.key], order[row.key])):
        placed.lines[row.key] = _line_for(row, of_row[row.key], links, placed)
    long = sorted(links, key=lambda link: (abs(columns[link.target] - columns[link.source]), order[link.source]))
    for link in long:
        placed.ways[link.key] = _way_for(link, placed)
    return placed


def _line_for(row: FlowNode, lane_key: str, links: list[FlowEdge], placed: Placed) -> Line:
    """Prefer the line of a predecessor in the same lane, so that the usual way runs straight."""
    lane, column = placed.lane(lane_key), placed.columns[row.key]
    before = [link.source for link in links if link.target == row.key and link.source in placed.lines]
    wished = [placed.lines[key].number for key in before if placed.lines[key].lane == lane_key]
    for number in [*wished, *range(len(lane.lines) + 1)]:
        if number == len(lane.lines):
            lane.lines.append(set())
        if column not in lane.lines[number]:
            lane.lines[number].add(column)
            return Line(lane_key, "row", number)
    raise AssertionError("a new line is always free")


def _way_for(link: FlowEdge, placed: Placed) -> Line | None:
    """Find a free line for an arrow that passes other columns; arrows to the next column need none."""
    source, target = placed.lines[link.source], placed.lines[link.target]
    first, last = placed.columns[link.source], placed.columns[link.target]
    if link.key in placed.back or last <= first:
        return _thin(placed.lane(source.lane), "bottom", set(range(min(first, last) - 1, max(first, last) + 2)))
    between = set(range(first + 1, last))
    if not between:
        return None
    for line in (source, target):
        cells = placed.lane(line.lane).lines[line.number]
        if not between & cells:
            cells |= between
            return line
    return _thin(placed.lane(target.lane), "top" if target.number == 0 else "bottom", between)


def _thin(lane: Lane, side: str, cells: set[int]) -> Line:
    for number, taken in enumerate(lane.thin[side]):
        if not cells & taken:
            taken |= cells
            return Line(lane.key, side, number)
    lane.thin[side].append(set(cells))
    return Line(lane.key, side, len(lane.thin[side]) - 1)
