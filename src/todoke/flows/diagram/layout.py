"""Layout 図の割付け: pixels for a placed table. Arrows run on lines of their own, so nothing lies on anything else.

Between two columns lies a channel: first the vertical parts of arrows, each on a track of its own, then the labels.
"""

from todoke.flows.diagram.grid_placement import Line, Placed, drawn_links, label_of, place
from todoke.flows.diagram.shapes_and_arrows import Arrow, Layout, Point, Shape, Strip, minutes_text
from todoke.flows.diagram.text_metrics import LINE, SMALL, SMALL_LINE, TEXT, width_of, wrapped
from todoke.flows.step_table import EVENTS, GATEWAYS, Box, FlowEdge, FlowNode, StepTable

TASK_WIDTH, TEXT_WIDTH = 124.0, 108.0
DIAMOND, CIRCLE = 44.0, 32.0
TRACK, EDGE, PORT, THIN = 12.0, 12.0, 18.0, 24.0
HEADER, FRAME, GAP = 92.0, 30.0, 14.0
LABEL_WIDTH = 112.0


def _size(row: FlowNode, ports: int) -> tuple[float, float, tuple[str, ...]]:
    """Return width and height of the cell that a row needs, and its lines."""
    if row.kind in GATEWAYS | EVENTS:
        symbol = DIAMOND if row.kind in GATEWAYS else CIRCLE
        lines = wrapped(row.name, TEXT_WIDTH, 3)
        wide = max([symbol, *(width_of(line) for line in lines)])
        return wide, symbol + 2 * (LINE * len(lines) + 4), lines
    lines = wrapped(row.name, TEXT_WIDTH, 5)
    small = SMALL_LINE if minutes_text(row) else 0
    return TASK_WIDTH, max(48.0, LINE * len(lines) + small + 18, PORT * (ports + 1)), lines


class _Measured:
    """Sizes, then coordinates of columns and lines."""

    def __init__(self, table: StepTable, placed: Placed) -> None:
        self.table, self.placed = table, placed
        self.links = drawn_links(table)
        self.rows = {row.key: row for row in table.rows}
        self.sides = _sides(table, placed, self.links)
        ports = {key: max(len(self.sides[0][key]), len(self.sides[1][key])) for key in self.rows}
        self.sizes = {key: _size(row, 2 * ports[key] - 1 if ports[key] > 1 else 1) for key, row in self.rows.items()}
        self.count = max(placed.columns.values(), default=0) + 1
        self.framed = any(pool.participant or len(table.pools) > 1 for pool in table.pools)
        self.left = (FRAME if self.framed else 0.0) + HEADER
        self.line_y: dict[Line, float] = {}
        self.strips: list[Strip] = []
        self.height = self._stack()
        self.offsets = _offsets(self)

    def _stack(self) -> float:
        """Lay lanes below one another and give every line its y."""
        y, pool = 1.0, None
        for lane in self.placed.lanes:
            if pool is not None and lane.pool != pool:
                y += GAP
            pool, top = lane.pool, y
            y += 10
            for number in range(len(lane.thin["top"])):
                y += THIN
                self.line_y[Line(lane.key, "top", number)] = y - 4
            for number in range(len(lane.lines)):
                line = Line(lane.key, "row", number)
                tall = max([40.0, *(self.sizes[key][1] for key, at in self.placed.lines.items() if at == line)])
                self.line_y[line] = y + tall / 2 + 7
                y += tall + 14
            for number in range(len(lane.thin["bottom"])):
                y += THIN
                self.line_y[Line(lane.key, "bottom", number)] = y - 4
            y += 10
            self.strips.append(Strip(lane.key, lane.title, Box(0, top, 0, y - top), HEADER))
        return y + 1

    def port(self, link: FlowEdge, side: int) -> float:
        """Return the y at which an arrow leaves (0) or enters (1) its row."""
        key = link.source if side == 0 else link.target
        return self.line_y[self.placed.lines[key]] + self.offsets[side][key].get(link.key, 0.0)

    def way_y(self, link: FlowEdge) -> float:
        """Return the y along which an arrow runs after its first channel."""
        way = self.placed.ways[link.key]
        if way is None:
            return self.port(link, 1)
        if way == self.placed.lines[link.source]:
            return self.port(link, 0)
        return self.port(link, 1) if way == self.placed.lines[link.target] else self.line_y[way]


def _sides(
    table: StepTable, placed: Placed, links: list[FlowEdge]
) -> tuple[dict[str, list[FlowEdge]], dict[str, list[FlowEdge]]]:
    leaving: dict[str, list[FlowEdge]] = {row.key: [] for row in table.rows}
    entering: dict[str, list[FlowEdge]] = {row.key: [] for row in table.rows}
    for link in links:
        leaving[link.source].append(link)
        entering[link.target].append(link)
    return leaving, entering


def _offsets(measured: _Measured) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Spread the arrows of a task over its sides: the straight one in the middle, the others above and below."""
    found: tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]] = ({}, {})
    for side in (0, 1):
        for key, links in measured.sides[side].items():
            own = measured.line_y[measured.placed.lines[key]]
            pointed = measured.rows[key].kind in GATEWAYS | EVENTS
            above: list[tuple[float, str]] = []
            below: list[tuple[float, str]] = []
            straight: list[tuple[float, str]] = []
            for link in links:
                way = measured.placed.ways[link.key]
                other = measured.placed.lines[link.target if side == 0 else link.source]
                y = measured.line_y[way if way is not None and way != measured.placed.lines[key] else other]
                (straight if y == own and not straight else above if y < own else below).append((y, link.key))
            offsets: dict[str, float] = {}
            for number, (_, link_key) in enumerate(sorted(above, reverse=True), 0 if not (straight or below) else 1):
                offsets[link_key] = -PORT * number
            for number, (_, link_key) in enumerate(sorted(below), 0 if not (straight or above) else 1):
                offsets[link_key] = PORT * number
            found[side][key] = {} if pointed else offsets
    return found


def lay_out(table: StepTable) -> Layout:
    """Lay out a completed table from nothing; positions of another program are not looked at."""
    return _finished(_Measured(table, place(table)))


def _finished(measured: _Measured) -> Layout:
    verticals = _verticals(measured)
    left, right = _column_edges(measured, verticals)
    shapes = tuple(_shape(measured, row, left, right) for row in measured.table.rows)
    boxes = {shape.row.key: shape.box for shape in shapes}
    arrows = tuple(_arrow(measured, link, verticals, left, right, boxes) for link in measured.links)
    last = sum(channel == measured.count - 1 for parts in verticals.values() for channel, _, _ in parts)
    width = right[-1] + EDGE + TRACK * last + 16
    start = FRAME if measured.framed else 0.0
    lanes = tuple(
        Strip(s.key, s.title, Box(start, s.box.y, width - start - 1, s.box.height), HEADER) for s in measured.strips
    )
    return Layout(width, measured.height, shapes, arrows, lanes, _pools(measured, lanes, width))


def _pools(measured: _Measured, lanes: tuple[Strip, ...], width: float) -> tuple[Strip, ...]:
    if not measured.framed:
        return ()
    strips = []
    of_lane = {lane.key: lane.pool for lane in measured.placed.lanes}
    for pool in measured.table.pools:
        own = [lane.box for lane in lanes if of_lane[lane.key] == pool.key]
        if own:
            top, bottom = min(box.y for box in own), max(box.bottom for box in own)
            strips.append(Strip(pool.key, pool.name, Box(1, top, width - 2, bottom - top), FRAME))
    return tuple(strips)


Verticals = dict[str, list[tuple[int, float, float]]]


def _verticals(measured: _Measured) -> Verticals:
    """List, for every arrow, the channels in which it changes height: (channel, from y, to y)."""
    found: Verticals = {}
    for link in measured.links:
        source, target = measured.placed.columns[link.source], measured.placed.columns[link.target]
        leaves, runs, enters = measured.port(link, 0), measured.way_y(link), measured.port(link, 1)
        changes = [(source, leaves, runs)]
        if measured.placed.ways[link.key] is not None:
            changes.append((target - 1, runs, enters))
        back = target <= source
        found[link.key] = [change for change in changes if back or abs(change[1] - change[2]) > 0.5]
    return found


def _column_edges(measured: _Measured, verticals: Verticals) -> tuple[list[float], list[float]]:
    """Return left and right x of every column; channels are as wide as their tracks and labels need."""
    tracks = [0] * (measured.count + 1)
    labels = [0.0] * (measured.count + 1)
    for link in measured.links:
        for channel, _, _ in verticals[link.key]:
            tracks[channel + 1] += 1
        if label_of(link) and not _goes_back(measured, link):
            channel = measured.placed.columns[link.source] + 1
            text = wrapped(label_of(link), LABEL_WIDTH, 1, SMALL)[0]
            labels[channel] = max(labels[channel], width_of(text, SMALL) + 10)
    left, right = [], []
    x = measured.left + EDGE + TRACK * tracks[0]
    for column in range(measured.count):
        widths = [measured.sizes[key][0] for key, at in measured.placed.columns.items() if at == column]
        back = [link for link in measured.links if _goes_back(measured, link) and label_of(link)]
        widths += [LABEL_WIDTH for link in back if measured.placed.columns[link.source] == column]
        left.append(x)
        x += max([40.0, *widths])
        right.append(x)
        x += EDGE + TRACK * (tracks[column + 1] + 1) + labels[column + 1] + EDGE
    return left, right


def _goes_back(measured: _Measured, link: FlowEdge) -> bool:
    return measured.placed.columns[link.target] <= measured.placed.columns[link.source]


def _shape(measured: _Measured, row: FlowNode, left: list[float], right: list[float]) -> Shape:
    column = measured.placed.columns[row.key]
    middle, y = (left[column] + right[column]) / 2, measured.line_y[measured.placed.lines[row.key]]
    width, height, lines = measured.sizes[row.key]
    if row.kind in GATEWAYS | EVENTS:
        symbol = DIAMOND if row.kind in GATEWAYS else CIRCLE
        wide = max([width_of(line, TEXT) for line in lines], default=0)
        label = Box(middle - wide / 2, y + symbol / 2 + 3, wide, LINE * len(lines)) if lines else None
        return Shape(row, Box(middle - symbol / 2, y - symbol / 2, symbol, symbol), lines, "", label)
    return Shape(row, Box(middle - width / 2, y - height / 2, width, height), lines, minutes_text(row), None)


def _arrow(
    measured: _Measured,
    link: FlowEdge,
    verticals: Verticals,
    left: list[float],
    right: list[float],
    boxes: dict[str, Box],
) -> Arrow:
    points: list[Point] = [(boxes[link.source].right, measured.port(link, 0))]
    for channel, start, end in verticals[link.key]:
        x = _track_x(measured, verticals, link.key, channel, start, right)
        points += [(x, start), (x, end)]
    points.append((boxes[link.target].x, measured.port(link, 1)))
    text = "".join(wrapped(label_of(link), LABEL_WIDTH, 1, SMALL))
    return Arrow(link, tuple(points), text, _label(measured, link, text, left, right) if text else None)


def _track_x(
    measured: _Measured, verticals: Verticals, key: str, channel: int, start: float, right: list[float]
) -> float:
    """Give every vertical part in a channel its own track; who leaves at a height goes before who arrives there."""
    inside = [(link.key, a, b) for link in measured.links for c, a, b in verticals[link.key] if c == channel]
    order = _tracks_in_order(inside)
    base = right[channel] if channel >= 0 else measured.left
    return base + EDGE + TRACK * order.index((key, start))


def _tracks_in_order(inside: list[tuple[str, float, float]]) -> list[tuple[str, float]]:
    """Order tracks so that no arrow runs on top of another at the height where one leaves and one arrives."""
    left = sorted(inside, key=lambda part: (abs(part[2] - part[1]), part[0]))
    order: list[tuple[str, float]] = []
    while left:
        free = [
            part for part in left if not any(abs(other[1] - part[2]) < 1 and other is not part for other in left)
        ] or left
        order.append((free[0][0], free[0][1]))
        left.remove(free[0])
    return order


def _label(measured: _Measured, link: FlowEdge, text: str, left: list[float], right: list[float]) -> Box:
    wide, column = width_of(text, SMALL), measured.placed.columns[link.source]
    y = measured.way_y(link)
    if _goes_back(measured, link):
        return Box(right[column] - wide - 4, y - SMALL_LINE - 2, wide, SMALL_LINE)
    at = left[column + 1] if column + 1 < measured.count else right[column] + EDGE + wide + 10
    return Box(at - wide - 14, y - SMALL_LINE - 2, wide, SMALL_LINE)
