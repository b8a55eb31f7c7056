"""Shapes and edges 図形: the laid-out diagram before colours, and its layout from stored positions."""

from dataclasses import dataclass
from itertools import pairwise

from todoke.flows.diagram.grid_placement import edge_label
from todoke.flows.diagram.text_metrics import LINE_HEIGHT, SMALL_FONT_SIZE, SMALL_LINE_HEIGHT, text_width, wrap_text
from todoke.flows.step_table import EVENTS, GATEWAYS, Box, FlowEdge, FlowNode, StepTable

Point = tuple[float, float]


@dataclass(frozen=True)
class NodeShape:
    """手順の図形: a flow node: the box of its symbol, its lines of text, a caption, and the box of a text below."""

    row: FlowNode
    box: Box
    lines: tuple[str, ...]
    caption: str
    label: Box | None


@dataclass(frozen=True)
class EdgeShape:
    """矢印の図形: an edge with its waypoints in pixels, its label and the box of the label."""

    link: FlowEdge
    points: tuple[Point, ...]
    text: str
    label: Box | None


@dataclass(frozen=True)
class SwimlaneShape:
    """レーンの図形: a lane or pool with its box and title; ``header`` is the width of the title, in pixels."""

    key: str
    title: str
    box: Box
    header: float


@dataclass(frozen=True)
class DiagramLayout:
    """図の割付け: a diagram in pixels without colours; ``left`` and ``top`` are its origin."""

    width: float
    height: float
    nodes: tuple[NodeShape, ...]
    edges: tuple[EdgeShape, ...]
    lanes: tuple[SwimlaneShape, ...]
    pools: tuple[SwimlaneShape, ...]
    left: float = 0.0
    top: float = 0.0


def duration_text(row: FlowNode) -> str:
    """Return minutes of work and of waiting as a caption; 480 minutes are a day of waiting."""
    parts = [f"{row.work.usual:g}分"] if row.work.usual else []
    if row.work.wait:
        parts.append(f"待ち{row.work.wait:g}分" if row.work.wait < 480 else f"待ち{row.work.wait / 480:.3g}日")
    return "・".join(parts)


def has_positions(table: StepTable) -> bool:
    """Return whether every row and every edge between rows has a stored position."""
    keys = {row.key for row in table.rows}
    arrows = [link for link in table.links if {link.source, link.target} <= keys]
    return bool(table.rows) and all(row.box for row in table.rows) and all(link.points for link in arrows)


def layout_from_positions(table: StepTable) -> DiagramLayout:
    """Return the layout of the stored positions; only a label that would overlap moves aside."""
    boxes = [row.box for row in table.rows if row.box]
    routes = [link.points for link in table.links if link.points]
    taken: list[Box] = []
    shapes = tuple(_positioned_node(row, row.box, boxes, routes, taken) for row in table.rows if row.box)
    arrows = tuple(_positioned_edge(link, boxes, routes, taken) for link in table.links if link.points)
    lanes = [SwimlaneShape(party.key, party.name, party.box, 30) for party in table.parties if party.box]
    pools = [SwimlaneShape(pool.key, pool.name, pool.box, 30) for pool in table.pools if pool.box]
    edges = [*boxes, *taken, *(strip.box for strip in (*lanes, *pools))]
    xs = [x for way in routes for x, _ in way] + [box.x for box in edges] + [box.right for box in edges]
    ys = [y for way in routes for _, y in way] + [box.y for box in edges] + [box.bottom for box in edges]
    left, top = min(xs) - 12, min(ys) - 12
    return DiagramLayout(max(xs) + 12 - left, max(ys) + 12 - top, shapes, arrows, tuple(lanes), tuple(pools), left, top)


Polylines = list[tuple[Point, ...]]


def _crosses(way: tuple[Point, ...], box: Box) -> bool:
    """Return whether an edge touches a box (by the bounds of its segments, nearly always level or upright)."""
    for (ax, ay), (bx, by) in pairwise(way):
        part = Box(min(ax, bx) - 1, min(ay, by) - 1, abs(ax - bx) + 2, abs(ay - by) + 2)
        if part.overlaps(box):
            return True
    return False


def _first_free(wishes: list[Box], boxes: list[Box], routes: Polylines, taken: list[Box]) -> Box:
    """Return the first candidate without overlap, or else the very first; it is added to ``taken``."""
    for wish in wishes:
        if not any(wish.overlaps(other) for other in (*boxes, *taken)) and not any(
            _crosses(way, wish) for way in routes
        ):
            taken.append(wish)
            return wish
    taken.append(wishes[0])
    return wishes[0]


def _label_candidates(box: Box, wide: float, high: float) -> list[Box]:
    """Return boxes for a label around a symbol: below, above, then the corners, near and far."""
    middle, found = box.center[0] - wide / 2, []
    for gap in (3.0, 12.0, 24.0):
        below, above = box.bottom + gap, box.y - gap - high
        found += [Box(middle, below, wide, high), Box(middle, above, wide, high)]
        found += [Box(x, y, wide, high) for x in (box.right + gap, box.x - wide - gap) for y in (below, above)]
    return found


def _positioned_node(row: FlowNode, box: Box, boxes: list[Box], routes: Polylines, taken: list[Box]) -> NodeShape:
    if row.kind not in GATEWAYS | EVENTS:
        most = max(1, int((box.height - 6) / LINE_HEIGHT))
        return NodeShape(row, box, wrap_text(row.name, box.width - 10, most), "", None)
    lines = wrap_text(row.name, max(90.0, row.label.width if row.label else 0), 3)
    if not lines:
        return NodeShape(row, box, (), "", None)
    wide, high = max(text_width(line) for line in lines), LINE_HEIGHT * len(lines)
    own = [Box(row.label.center[0] - wide / 2, row.label.y, wide, high)] if row.label else []
    return NodeShape(
        row, box, lines, "", _first_free([*own, *_label_candidates(box, wide, high)], boxes, routes, taken)
    )


def _positioned_edge(link: FlowEdge, boxes: list[Box], routes: Polylines, taken: list[Box]) -> EdgeShape:
    text = "".join(wrap_text(edge_label(link), 140, 1, SMALL_FONT_SIZE))
    if not text:
        return EdgeShape(link, link.points, "", None)
    wide, high = text_width(text, SMALL_FONT_SIZE), SMALL_LINE_HEIGHT
    wishes = [Box(link.label.x, link.label.y, wide, high)] if link.label else []
    for (ax, ay), (bx, by) in pairwise(link.points):
        x, y = (ax + bx) / 2, (ay + by) / 2
        level = abs(bx - ax) > abs(by - ay)
        wishes += [Box(x - wide / 2, y - high - 2, wide, high), Box(x - wide / 2, y + 3, wide, high)] if level else []
        wishes += [] if level else [Box(x + 4, y - high / 2, wide, high), Box(x - wide - 4, y - high / 2, wide, high)]
    return EdgeShape(link, link.points, text, _first_free(wishes, boxes, routes, taken))
