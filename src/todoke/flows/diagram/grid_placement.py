"""Grid placement 格子配置: column (layer) and lane line of every flow node, and the route of every edge."""

from dataclasses import dataclass, field

from todoke.flows.step_table import EVENTS, GATEWAYS, FlowEdge, FlowNode, NodeKind, StepTable


@dataclass
class LaneGrid:
    """レーンの格子: the lines of a lane with the columns taken on each; ``routing_lines`` carry edges only."""

    key: str
    title: str
    pool: str
    lines: list[set[int]] = field(default_factory=lambda: [set()])
    routing_lines: dict[str, list[set[int]]] = field(default_factory=lambda: {"top": [], "bottom": []})


@dataclass(frozen=True)
class GridLine:
    """格子の行: a line of a lane for nodes (``row``), or a routing line at its ``top`` or ``bottom``."""

    lane: str
    kind: str
    number: int


@dataclass
class GridPlacement:
    """格子配置: column and line of every flow node, and the routing line of every edge that passes other columns.

    ``back_edges`` are the edges whose removal leaves the graph without cycles.
    """

    lanes: list[LaneGrid]
    columns: dict[str, int]
    lines: dict[str, GridLine]
    routes: dict[str, GridLine | None]
    back_edges: set[str]

    def lane(self, key: str) -> LaneGrid:
        """Return the lane with a key. Raises StopIteration when there is none."""
        return next(lane for lane in self.lanes if lane.key == key)


def drawn_edges(table: StepTable) -> list[FlowEdge]:
    """Return the edges between two rows; a message flow to a whole pool is left out."""
    keys = {row.key for row in table.rows}
    return [link for link in table.links if link.source in keys and link.target in keys]


def edge_label(link: FlowEdge) -> str:
    """Return the label of an edge: its name and its share in per cent."""
    share = f"{link.share * 100:.0f}%" if link.share is not None else ""
    return " ".join(part for part in (link.name, share) if part)


def _lanes(table: StepTable) -> tuple[list[LaneGrid], dict[str, str]]:
    parents = {party.parent for party in table.parties if party.parent}
    names = {party.key: party.name for party in table.parties}
    leaves = [party for party in table.parties if party.key not in parents]
    lanes = [
        LaneGrid(party.key, " / ".join(filter(None, [names.get(party.parent, ""), party.name])), party.pool)
        for party in leaves
    ]
    known = {lane.key for lane in lanes}
    of_row: dict[str, str] = {}
    for row in table.rows:
        key = row.party if row.party in known else f"pool:{row.pool}"
        if key not in known:
            known.add(key)
            lanes.append(LaneGrid(key, "", row.pool))
        of_row[row.key] = key
    order = [pool.key for pool in table.pools]
    used = set(of_row.values())
    lanes = [lane for lane in lanes if lane.key in used]
    return sorted(lanes, key=lambda lane: order.index(lane.pool) if lane.pool in order else len(order)), of_row


def _back_edges(rows: list[FlowNode], links: list[FlowEdge]) -> set[str]:
    """Return the keys of the back edges: those that a depth-first search finds closing a cycle."""
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


def _assign_columns(rows: list[FlowNode], links: list[FlowEdge], back: set[str]) -> dict[str, int]:
    """Return the column of every row by longest path: one behind the last of its predecessors."""
    kinds = {row.key: row.kind for row in rows}
    labelled = [link.target for link in links if edge_label(link) and link.key not in back]
    columns = {row.key: 0 for row in rows}
    forward = [link for link in links if link.key not in back]
    for _ in rows:
        moved = False
        for link in forward:
            crowded = kinds[link.target] in EVENTS | GATEWAYS and labelled.count(link.target) > 1
            wanted = columns[link.source] + (2 if edge_label(link) and crowded else 1)
            if columns[link.target] < wanted:
                columns[link.target], moved = wanted, True
        if not moved:
            break
    return columns


def place_on_grid(table: StepTable) -> GridPlacement:
    """Return the grid placement of a table with implicit nodes; a cell holds one node or one edge."""
    lanes, of_row = _lanes(table)
    links = drawn_edges(table)
    back = _back_edges(list(table.rows), links)
    columns = _assign_columns(list(table.rows), links, back)
    placement = GridPlacement(lanes, columns, {}, {}, back)
    order = {row.key: number for number, row in enumerate(table.rows)}
    for row in sorted(table.rows, key=lambda row: (columns[row.key], order[row.key])):
        placement.lines[row.key] = _assign_line(row, of_row[row.key], links, placement)
    long = sorted(links, key=lambda link: (abs(columns[link.target] - columns[link.source]), order[link.source]))
    for link in long:
        placement.routes[link.key] = _route(link, placement)
    return placement


def _assign_line(row: FlowNode, lane_key: str, links: list[FlowEdge], placement: GridPlacement) -> GridLine:
    """Return the line of a row: that of a predecessor in its lane where free, so that the main path is straight."""
    lane, column = placement.lane(lane_key), placement.columns[row.key]
    before = [link.source for link in links if link.target == row.key and link.source in placement.lines]
    wished = [placement.lines[key].number for key in before if placement.lines[key].lane == lane_key]
    for number in [*wished, *range(len(lane.lines) + 1)]:
        if number == len(lane.lines):
            lane.lines.append(set())
        if column not in lane.lines[number]:
            lane.lines[number].add(column)
            return GridLine(lane_key, "row", number)
    raise AssertionError("a new line is always free")


def _route(link: FlowEdge, placement: GridPlacement) -> GridLine | None:
    """Return the line that an edge runs on past other columns, None for an edge to the next column."""
    source, target = placement.lines[link.source], placement.lines[link.target]
    first, last = placement.columns[link.source], placement.columns[link.target]
    if link.key in placement.back_edges or last <= first:
        return _routing_line(
            placement.lane(source.lane), "bottom", set(range(min(first, last) - 1, max(first, last) + 2))
        )
    between = set(range(first + 1, last))
    if not between:
        return None
    for line in (source, target):
        cells = placement.lane(line.lane).lines[line.number]
        if not between & cells:
            cells |= between
            return line
    return _routing_line(placement.lane(target.lane), "top" if target.number == 0 else "bottom", between)


def _routing_line(lane: LaneGrid, side: str, cells: set[int]) -> GridLine:
    for number, taken in enumerate(lane.routing_lines[side]):
        if not cells & taken:
            taken |= cells
            return GridLine(lane.key, side, number)
    lane.routing_lines[side].append(set(cells))
    return GridLine(lane.key, side, len(lane.routing_lines[side]) - 1)
