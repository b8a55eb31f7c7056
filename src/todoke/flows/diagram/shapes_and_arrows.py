"""The sheet 図面: shapes, arrows and lanes with their places, before colours; also from positions that came along."""

from dataclasses import dataclass
from itertools import pairwise

from todoke.flows.diagram.grid_placement import label_of
from todoke.flows.diagram.text_metrics import LINE, SMALL, SMALL_LINE, width_of, wrapped
from todoke.flows.step_table import EVENTS, GATEWAYS, Box, FlowEdge, FlowNode, StepTable

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """A row with its place: the box of the symbol, its lines of text, and the box of a text below it."""

    row: FlowNode
    box: Box
    lines: tuple[str, ...]
    small: str
    label: Box | None


@dataclass(frozen=True)
class Arrow:
    """A link with its way and the place of its label."""

    link: FlowEdge
    points: tuple[Point, ...]
    text: str
    label: Box | None


@dataclass(frozen=True)
class Strip:
    """A lane or a frame around lanes: its box and its title; ``header`` is the width of the title column."""

    key: str
    title: str
    box: Box
    header: float


@dataclass(frozen=True)
class Layout:
    """A drawing without colours."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]
    lanes: tuple[Strip, ...]
    pools: tuple[Strip, ...]
    left: float = 0.0
    top: float = 0.0


def minutes_text(row: FlowNode) -> str:
    """What stands small in a box: minutes of work and of waiting."""
    parts = [f"{row.work.usual:g}分"] if row.work.usual else []
    if row.work.wait:
        parts.append(f"待ち{row.work.wait:g}分" if row.work.wait < 480 else f"待ち{row.work.wait / 480:.3g}日")
    return "・".join(parts)


def is_positioned(table: StepTable) -> bool:
    """Tell whether every row and every arrow between rows brought its place with it."""
    keys = {row.key for row in table.rows}
    arrows = [link for link in table.links if {link.source, link.target} <= keys]
    return bool(table.rows) and all(row.box for row in table.rows) and all(link.points for link in arrows)


def positioned(table: StepTable) -> Layout:
    """Take the places that came with the table; only a text that would lie on something moves beside it."""
    boxes = [row.box for row in table.rows if row.box]
    ways = [link.points for link in table.links if link.points]
    taken: list[Box] = []
    shapes = tuple(_placed_shape(row, row.box, boxes, ways, taken) for row in table.rows if row.box)
    arrows = tuple(_placed_arrow(link, boxes, ways, taken) for link in table.links if link.points)
    lanes = [Strip(party.key, party.name, party.box, 30) for party in table.parties if party.box]
    pools = [Strip(pool.key, pool.name, pool.box, 30) for pool in table.pools if pool.box]
    edges = [*boxes, *taken, *(strip.box for strip in (*lanes, *pools))]
    xs = [x for way in ways for x, _ in way] + [box.x for box in edges] + [box.right for box in edges]
    ys = [y for way in ways for _, y in way] + [box.y for box in edges] + [box.bottom for box in edges]
    left, top = min(xs) - 12, min(ys) - 12
    return Layout(max(xs) + 12 - left, max(ys) + 12 - top, shapes, arrows, tuple(lanes), tuple(pools), left, top)


Ways = list[tuple[Point, ...]]


def _crosses(way: tuple[Point, ...], box: Box) -> bool:
    """Tell whether an arrow touches a box (by the corners of its parts, which are nearly always level or upright)."""
    for (ax, ay), (bx, by) in pairwise(way):
        part = Box(min(ax, bx) - 1, min(ay, by) - 1, abs(ax - bx) + 2, abs(ay - by) + 2)
        if part.overlaps(box):
            return True
    return False


def _free(wishes: list[Box], boxes: list[Box], ways: Ways, taken: list[Box]) -> Box:
    """Take the first wish that lies on nothing; the first of all when each lies on something."""
    for wish in wishes:
        if not any(wish.overlaps(other) for other in (*boxes, *taken)) and not any(_crosses(way, wish) for way in ways):
            taken.append(wish)
            return wish
    taken.append(wishes[0])
    return wishes[0]


def _around(box: Box, wide: float, high: float) -> list[Box]:
    """Places for a text around a symbol: below, above, then the corners, near and far."""
    middle, found = box.center[0] - wide / 2, []
    for gap in (3.0, 12.0, 24.0):
        below, above = box.bottom + gap, box.y - gap - high
        found += [Box(middle, below, wide, high), Box(middle, above, wide, high)]
        found += [Box(x, y, wide, high) for x in (box.right + gap, box.x - wide - gap) for y in (below, above)]
    return found


def _placed_shape(row: FlowNode, box: Box, boxes: list[Box], ways: Ways, taken: list[Box]) -> Shape:
    if row.kind not in GATEWAYS | EVENTS:
        most = max(1, int((box.height - 6) / LINE))
        return Shape(row, box, wrapped(row.name, box.width - 10, most), "", None)
    lines = wrapped(row.name, max(90.0, row.label.width if row.label else 0), 3)
    if not lines:
        return Shape(row, box, (), "", None)
    wide, high = max(width_of(line) for line in lines), LINE * len(lines)
    own = [Box(row.label.center[0] - wide / 2, row.label.y, wide, high)] if row.label else []
    return Shape(row, box, lines, "", _free([*own, *_around(box, wide, high)], boxes, ways, taken))


def _placed_arrow(link: FlowEdge, boxes: list[Box], ways: Ways, taken: list[Box]) -> Arrow:
    text = "".join(wrapped(label_of(link), 140, 1, SMALL))
    if not text:
        return Arrow(link, link.points, "", None)
    wide, high = width_of(text, SMALL), SMALL_LINE
    wishes = [Box(link.label.x, link.label.y, wide, high)] if link.label else []
    for (ax, ay), (bx, by) in pairwise(link.points):
        x, y = (ax + bx) / 2, (ay + by) / 2
        level = abs(bx - ax) > abs(by - ay)
        wishes += [Box(x - wide / 2, y - high - 2, wide, high), Box(x - wide / 2, y + 3, wide, high)] if level else []
        wishes += [] if level else [Box(x + 4, y - high / 2, wide, high), Box(x - wide - 4, y - high / 2, wide, high)]
    return Arrow(link, link.points, text, _free(wishes, boxes, ways, taken))
