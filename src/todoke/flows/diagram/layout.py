"""Layout 図の割付け: pixel coordinates of a grid placement, with orthogonal edges that do not overlap.

Between two columns lies a channel: first one track for each vertical segment, then the labels.
"""

from todoke.flows.diagram.grid_placement import GridLine, GridPlacement, drawn_edges, edge_label, place_on_grid
from todoke.flows.diagram.shapes_and_arrows import (
    DiagramLayout,
    EdgeShape,
    NodeShape,
    Point,
    SwimlaneShape,
    duration_text,
)
from todoke.flows.diagram.text_metrics import (
    FONT_SIZE,
    LINE_HEIGHT,
    SMALL_FONT_SIZE,
    SMALL_LINE_HEIGHT,
    text_width,
    wrap_text,
)
from todoke.flows.step_table import EVENTS, GATEWAYS, Box, FlowEdge, FlowNode, StepTable

TASK_WIDTH, TEXT_WIDTH = 124.0, 108.0
GATEWAY_SIZE, EVENT_SIZE = 44.0, 32.0
TRACK_GAP, CHANNEL_MARGIN, PORT_GAP, ROUTING_LINE_HEIGHT = 12.0, 12.0, 18.0, 24.0
LANE_HEADER_WIDTH, POOL_HEADER_WIDTH, POOL_GAP = 92.0, 30.0, 14.0
LABEL_WIDTH = 112.0


def _size(row: FlowNode, ports: int) -> tuple[float, float, tuple[str, ...]]:
    """Return width and height of the cell that a flow node needs, in pixels, and its lines of text."""
    if row.kind in GATEWAYS | EVENTS:
        symbol = GATEWAY_SIZE if row.kind in GATEWAYS else EVENT_SIZE
        lines = wrap_text(row.name, TEXT_WIDTH, 3)
        wide = max([symbol, *(text_width(line) for line in lines)])
        return wide, symbol + 2 * (LINE_HEIGHT * len(lines) + 4), lines
    lines = wrap_text(row.name, TEXT_WIDTH, 5)
    small = SMALL_LINE_HEIGHT if duration_text(row) else 0
    return TASK_WIDTH, max(48.0, LINE_HEIGHT * len(lines) + small + 18, PORT_GAP * (ports + 1)), lines


class _Grid:
    """Sizes of the flow nodes, then coordinates of columns and lines, in pixels."""

    def __init__(self, table: StepTable, placement: GridPlacement) -> None:
        self.table, self.placement = table, placement
        self.links = drawn_edges(table)
        self.rows = {row.key: row for row in table.rows}
        self.sides = _incident_edges(table, placement, self.links)
        ports = {key: max(len(self.sides[0][key]), len(self.sides[1][key])) for key in self.rows}
        self.sizes = {key: _size(row, 2 * ports[key] - 1 if ports[key] > 1 else 1) for key, row in self.rows.items()}
        self.count = max(placement.columns.values(), default=0) + 1
        self.framed = any(pool.participant or len(table.pools) > 1 for pool in table.pools)
        self.left = (POOL_HEADER_WIDTH if self.framed else 0.0) + LANE_HEADER_WIDTH
        self.line_y: dict[GridLine, float] = {}
        self.swimlanes: list[SwimlaneShape] = []
        self.height = self._stack_lanes()
        self.offsets = _port_offsets(self)

    def _stack_lanes(self) -> float:
        """Stack the lanes from top to bottom and set the y of every line; returns the height of the diagram."""
        y, pool = 1.0, None
        for lane in self.placement.lanes:
            if pool is not None and lane.pool != pool:
                y += POOL_GAP
            pool, top = lane.pool, y
            y += 10
            for number in range(len(lane.routing_lines["top"])):
                y += ROUTING_LINE_HEIGHT
                self.line_y[GridLine(lane.key, "top", number)] = y - 4
            for number in range(len(lane.lines)):
                line = GridLine(lane.key, "row", number)
                tall = max([40.0, *(self.sizes[key][1] for key, at in self.placement.lines.items() if at == line)])
                self.line_y[line] = y + tall / 2 + 7
                y += tall + 14
            for number in range(len(lane.routing_lines["bottom"])):
                y += ROUTING_LINE_HEIGHT
                self.line_y[GridLine(lane.key, "bottom", number)] = y - 4
            y += 10
            self.swimlanes.append(SwimlaneShape(lane.key, lane.title, Box(0, top, 0, y - top), LANE_HEADER_WIDTH))
        return y + 1

    def port_y(self, link: FlowEdge, side: int) -> float:
        """Return the y at which an edge leaves (side 0) or enters (side 1) its flow node."""
        key = link.source if side == 0 else link.target
        return self.line_y[self.placement.lines[key]] + self.offsets[side][key].get(link.key, 0.0)

    def route_y(self, link: FlowEdge) -> float:
        """Return the y of an edge behind its first channel."""
        way = self.placement.routes[link.key]
        if way is None:
            return self.port_y(link, 1)
        if way == self.placement.lines[link.source]:
            return self.port_y(link, 0)
        return self.port_y(link, 1) if way == self.placement.lines[link.target] else self.line_y[way]


def _incident_edges(
    table: StepTable, placement: GridPlacement, links: list[FlowEdge]
) -> tuple[dict[str, list[FlowEdge]], dict[str, list[FlowEdge]]]:
    leaving: dict[str, list[FlowEdge]] = {row.key: [] for row in table.rows}
    entering: dict[str, list[FlowEdge]] = {row.key: [] for row in table.rows}
    for link in links:
        leaving[link.source].append(link)
        entering[link.target].append(link)
    return leaving, entering


def _port_offsets(grid: _Grid) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Return the offsets of ports from the middle of a node: a straight edge 0, the others above and below."""
    found: tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]] = ({}, {})
    for side in (0, 1):
        for key, links in grid.sides[side].items():
            own = grid.line_y[grid.placement.lines[key]]
            pointed = grid.rows[key].kind in GATEWAYS | EVENTS
            above: list[tuple[float, str]] = []
            below: list[tuple[float, str]] = []
            straight: list[tuple[float, str]] = []
            for link in links:
                way = grid.placement.routes[link.key]
                other = grid.placement.lines[link.target if side == 0 else link.source]
                y = grid.line_y[way if way is not None and way != grid.placement.lines[key] else other]
                (straight if y == own and not straight else above if y < own else below).append((y, link.key))
            offsets: dict[str, float] = {}
            for number, (_, link_key) in enumerate(sorted(above, reverse=True), 0 if not (straight or below) else 1):
                offsets[link_key] = -PORT_GAP * number
            for number, (_, link_key) in enumerate(sorted(below), 0 if not (straight or above) else 1):
                offsets[link_key] = PORT_GAP * number
            found[side][key] = {} if pointed else offsets
    return found


def compute_layout(table: StepTable) -> DiagramLayout:
    """Return the layout of a table with implicit nodes; stored positions are ignored."""
    return _to_layout(_Grid(table, place_on_grid(table)))


def _to_layout(grid: _Grid) -> DiagramLayout:
    segments = _vertical_segments(grid)
    left, right = _column_edges(grid, segments)
    shapes = tuple(_node_shape(grid, row, left, right) for row in grid.table.rows)
    boxes = {shape.row.key: shape.box for shape in shapes}
    arrows = tuple(_edge_shape(grid, link, segments, left, right, boxes) for link in grid.links)
    last = sum(channel == grid.count - 1 for parts in segments.values() for channel, _, _ in parts)
    width = right[-1] + CHANNEL_MARGIN + TRACK_GAP * last + 16
    start = POOL_HEADER_WIDTH if grid.framed else 0.0
    lanes = tuple(
        SwimlaneShape(s.key, s.title, Box(start, s.box.y, width - start - 1, s.box.height), LANE_HEADER_WIDTH)
        for s in grid.swimlanes
    )
    return DiagramLayout(width, grid.height, shapes, arrows, lanes, _pools(grid, lanes, width))


def _pools(grid: _Grid, lanes: tuple[SwimlaneShape, ...], width: float) -> tuple[SwimlaneShape, ...]:
    if not grid.framed:
        return ()
    strips = []
    of_lane = {lane.key: lane.pool for lane in grid.placement.lanes}
    for pool in grid.table.pools:
        own = [lane.box for lane in lanes if of_lane[lane.key] == pool.key]
        if own:
            top, bottom = min(box.y for box in own), max(box.bottom for box in own)
            strips.append(SwimlaneShape(pool.key, pool.name, Box(1, top, width - 2, bottom - top), POOL_HEADER_WIDTH))
    return tuple(strips)


VerticalSegments = dict[str, list[tuple[int, float, float]]]


def _vertical_segments(grid: _Grid) -> VerticalSegments:
    """Return the vertical segments of every edge: (channel, from y, to y)."""
    found: VerticalSegments = {}
    for link in grid.links:
        source, target = grid.placement.columns[link.source], grid.placement.columns[link.target]
        leaves, runs, enters = grid.port_y(link, 0), grid.route_y(link), grid.port_y(link, 1)
        changes = [(source, leaves, runs)]
        if grid.placement.routes[link.key] is not None:
            changes.append((target - 1, runs, enters))
        back = target <= source
        found[link.key] = [change for change in changes if back or abs(change[1] - change[2]) > 0.5]
    return found


def _column_edges(grid: _Grid, segments: VerticalSegments) -> tuple[list[float], list[float]]:
    """Return left and right x of every column; a channel is as wide as its tracks and labels."""
    tracks = [0] * (grid.count + 1)
    labels = [0.0] * (grid.count + 1)
    for link in grid.links:
        for channel, _, _ in segments[link.key]:
            tracks[channel + 1] += 1
        if edge_label(link) and not _is_back_edge(grid, link):
            channel = grid.placement.columns[link.source] + 1
            text = wrap_text(edge_label(link), LABEL_WIDTH, 1, SMALL_FONT_SIZE)[0]
            labels[channel] = max(labels[channel], text_width(text, SMALL_FONT_SIZE) + 10)
    left, right = [], []
    x = grid.left + CHANNEL_MARGIN + TRACK_GAP * tracks[0]
    for column in range(grid.count):
        widths = [grid.sizes[key][0] for key, at in grid.placement.columns.items() if at == column]
        back = [link for link in grid.links if _is_back_edge(grid, link) and edge_label(link)]
        widths += [LABEL_WIDTH for link in back if grid.placement.columns[link.source] == column]
        left.append(x)
        x += max([40.0, *widths])
        right.append(x)
        x += CHANNEL_MARGIN + TRACK_GAP * (tracks[column + 1] + 1) + labels[column + 1] + CHANNEL_MARGIN
    return left, right


def _is_back_edge(grid: _Grid, link: FlowEdge) -> bool:
    return grid.placement.columns[link.target] <= grid.placement.columns[link.source]


def _node_shape(grid: _Grid, row: FlowNode, left: list[float], right: list[float]) -> NodeShape:
    column = grid.placement.columns[row.key]
    middle, y = (left[column] + right[column]) / 2, grid.line_y[grid.placement.lines[row.key]]
    width, height, lines = grid.sizes[row.key]
    if row.kind in GATEWAYS | EVENTS:
        symbol = GATEWAY_SIZE if row.kind in GATEWAYS else EVENT_SIZE
        wide = max([text_width(line, FONT_SIZE) for line in lines], default=0)
        label = Box(middle - wide / 2, y + symbol / 2 + 3, wide, LINE_HEIGHT * len(lines)) if lines else None
        return NodeShape(row, Box(middle - symbol / 2, y - symbol / 2, symbol, symbol), lines, "", label)
    return NodeShape(row, Box(middle - width / 2, y - height / 2, width, height), lines, duration_text(row), None)


def _edge_shape(
    grid: _Grid,
    link: FlowEdge,
    segments: VerticalSegments,
    left: list[float],
    right: list[float],
    boxes: dict[str, Box],
) -> EdgeShape:
    points: list[Point] = [(boxes[link.source].right, grid.port_y(link, 0))]
    for channel, start, end in segments[link.key]:
        x = _track_x(grid, segments, link.key, channel, start, right)
        points += [(x, start), (x, end)]
    points.append((boxes[link.target].x, grid.port_y(link, 1)))
    text = "".join(wrap_text(edge_label(link), LABEL_WIDTH, 1, SMALL_FONT_SIZE))
    return EdgeShape(link, tuple(points), text, _edge_label_box(grid, link, text, left, right) if text else None)


def _track_x(
    grid: _Grid, segments: VerticalSegments, key: str, channel: int, start: float, right: list[float]
) -> float:
    """Return the x of a vertical segment; each segment of a channel has its own track."""
    inside = [(link.key, a, b) for link in grid.links for c, a, b in segments[link.key] if c == channel]
    order = _order_tracks(inside)
    base = right[channel] if channel >= 0 else grid.left
    return base + CHANNEL_MARGIN + TRACK_GAP * order.index((key, start))


def _order_tracks(inside: list[tuple[str, float, float]]) -> list[tuple[str, float]]:
    """Return the tracks of a channel, ordered so that no edge leaves at the height where another one arrives."""
    left = sorted(inside, key=lambda part: (abs(part[2] - part[1]), part[0]))
    order: list[tuple[str, float]] = []
    while left:
        free = [
            part for part in left if not any(abs(other[1] - part[2]) < 1 and other is not part for other in left)
        ] or left
        order.append((free[0][0], free[0][1]))
        left.remove(free[0])
    return order


def _edge_label_box(grid: _Grid, link: FlowEdge, text: str, left: list[float], right: list[float]) -> Box:
    wide, column = text_width(text, SMALL_FONT_SIZE), grid.placement.columns[link.source]
    y = grid.route_y(link)
    if _is_back_edge(grid, link):
        return Box(right[column] - wide - 4, y - SMALL_LINE_HEIGHT - 2, wide, SMALL_LINE_HEIGHT)
    at = left[column + 1] if column + 1 < grid.count else right[column] + CHANNEL_MARGIN + wide + 10
    return Box(at - wide - 14, y - SMALL_LINE_HEIGHT - 2, wide, SMALL_LINE_HEIGHT)
