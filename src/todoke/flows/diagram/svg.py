"""SVG 図: a step table as a BPMN swimlane diagram; a change is shown by sign and line, not by colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import pairwise

from todoke.flows.diagram.layout import compute_layout
from todoke.flows.diagram.shapes_and_arrows import (
    DiagramLayout,
    EdgeShape,
    NodeShape,
    SwimlaneShape,
    has_positions,
    layout_from_positions,
)
from todoke.flows.diagram.text_metrics import FONT_SIZE, LINE_HEIGHT, SMALL_FONT_SIZE, SMALL_LINE_HEIGHT, wrap_text
from todoke.flows.step_table import EVENTS, GATEWAYS, NODE_KIND_LABELS, Box, NodeKind, StepTable, with_implicit_nodes

FONT = "BIZ UDPGothic, Noto Sans JP, Hiragino Sans, Yu Gothic UI, sans-serif"
STROKE_COLOR, MUTED_COLOR, HEADER_COLOR = "#1a1a1a", "#4d4d4d", "#f2f2f2"
A3_WIDTH, A3_HEIGHT = 1512.0, 1000.0


class ChangeKind(StrEnum):
    """違い: what a comparison says about a flow node."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class NodeStyle:
    """色と線: fill, outline, dash array of the outline, sign in the corner, and Japanese label of a change."""

    fill: str
    stroke: str
    dash_array: str
    symbol: str
    label: str


CHANGE_STYLES = {
    ChangeKind.ADDED: NodeStyle("#e6f5ec", "#115a36", "", "+", "追加"),
    ChangeKind.REMOVED: NodeStyle("#fdeeee", "#ba000b", "6 4", "×", "廃止"),
    ChangeKind.CHANGED: NodeStyle("#fbf5e0", "#6d4b00", "2 3", "△", "変更"),
}
DEFAULT_STYLE = NodeStyle("#ffffff", STROKE_COLOR, "", "", "")


def diagram_layout(table: StepTable) -> DiagramLayout:
    """Return the stored layout of a table, or a computed one where a position is missing."""
    full = with_implicit_nodes(table)
    return layout_from_positions(full) if has_positions(full) else compute_layout(full)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(
    lines: tuple[str, ...],
    x: float,
    y: float,
    *,
    size: float = FONT_SIZE,
    fill: str = STROKE_COLOR,
    anchor: str = "middle",
) -> str:
    step = LINE_HEIGHT if size == FONT_SIZE else SMALL_LINE_HEIGHT
    return "".join(
        f'<text x="{_n(x)}" y="{_n(y + step * number)}" font-size="{_n(size)}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _swimlane(strip: SwimlaneShape, number: int, upright: bool) -> str:
    box = strip.box
    fill = "#ffffff" if number % 2 == 0 else "#fafafa"
    body = (
        f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" fill="{fill}" '
        f'stroke="{MUTED_COLOR}"/>'
    )
    if not strip.title:
        return body
    head = (
        f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(strip.header)}" height="{_n(box.height)}" '
        f'fill="{HEADER_COLOR}" stroke="{MUTED_COLOR}"/>'
    )
    if upright:
        lines = wrap_text(strip.title, strip.header - 12, 4)
        top = box.center[1] - LINE_HEIGHT * len(lines) / 2 + FONT_SIZE - 1
        return body + head + _text(lines, box.x + strip.header / 2, top)
    x, y = box.x + strip.header / 2 + 5, box.center[1]
    line = wrap_text(strip.title, max(40.0, box.height - 8), 1)
    turned = _text(line, 0, 0)
    return body + head + f'<g transform="translate({_n(x)} {_n(y)}) rotate(-90)">{turned}</g>'


def _symbol(shape: NodeShape, style: NodeStyle) -> str:
    box, (x, y) = shape.box, shape.box.center
    dashes = f' stroke-dasharray="{style.dash_array}"' if style.dash_array else ""
    pen = f'fill="{style.fill}" stroke="{style.stroke}" stroke-width="{2 if style.symbol else 1.3}"{dashes}'
    kind = shape.row.kind
    if kind in GATEWAYS:
        corners = f"{_n(x)},{_n(box.y)} {_n(box.right)},{_n(y)} {_n(x)},{_n(box.bottom)} {_n(box.x)},{_n(y)}"
        return f'<polygon points="{corners}" {pen}/>' + _gateway_sign(kind, x, y)
    if kind in EVENTS:
        return _event(shape, pen)
    corner = (
        ""
        if kind != NodeKind.SUBPROCESS
        else f'<path d="M{_n(x - 5)} {_n(box.bottom - 6)}h10m-5 -5v10" stroke="{STROKE_COLOR}"/>'
    )
    rect = f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="8" {pen}/>'
    return rect + corner


def _gateway_sign(kind: NodeKind, x: float, y: float) -> str:
    if kind == NodeKind.INCLUSIVE:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="9" fill="none" stroke="{STROKE_COLOR}" stroke-width="2"/>'
    arm = f"M{_n(x - 7)} {_n(y - 7)}l14 14m0 -14l-14 14"
    if kind == NodeKind.PARALLEL:
        arm = f"M{_n(x - 10)} {_n(y)}h20m-10 -10v20"
    return f'<path d="{arm}" fill="none" stroke="{STROKE_COLOR}" stroke-width="2.5"/>'


def _event(shape: NodeShape, pen: str) -> str:
    (x, y), radius = shape.box.center, shape.box.width / 2
    pen = pen.replace('stroke-width="1.3"', 'stroke-width="3.5"') if shape.row.kind == NodeKind.END else pen
    parts = [f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {pen}/>']
    if shape.row.kind not in {NodeKind.START, NodeKind.END}:
        parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius - 3)}" fill="none" stroke="{STROKE_COLOR}"/>')
    event = shape.row.event or {NodeKind.TIMER: "timer", NodeKind.MESSAGE: "message"}.get(shape.row.kind, "")
    if event == "timer":
        parts.append(
            f'<path d="M{_n(x)} {_n(y - 8)}V{_n(y)}L{_n(x + 5)} {_n(y + 4)}" fill="none" stroke="{STROKE_COLOR}"/>'
        )
    if event == "message":
        envelope = f"M{_n(x - 8)} {_n(y - 5)}h16v10h-16zl8 6l8 -6"
        parts.append(f'<path d="{envelope}" fill="none" stroke="{STROKE_COLOR}"/>')
    return "".join(parts)


def _node(shape: NodeShape, change: ChangeKind | None) -> str:
    style = CHANGE_STYLES[change] if change else DEFAULT_STYLE
    box, (x, y) = shape.box, shape.box.center
    said = f"{style.label} " if change else ""
    parts = [
        f"<title>{escape(said + NODE_KIND_LABELS[shape.row.kind] + ' ' + shape.row.name)}</title>",
        _symbol(shape, style),
    ]
    if shape.label:
        parts.append(_text(shape.lines, shape.label.center[0], shape.label.y + FONT_SIZE))
    elif shape.row.kind not in GATEWAYS | EVENTS:
        small = SMALL_LINE_HEIGHT if shape.caption else 0.0
        top = y - (LINE_HEIGHT * len(shape.lines) + small) / 2 + FONT_SIZE - 1
        parts.append(_text(shape.lines, x, top))
        parts.append(
            _text((shape.caption,), x, top + LINE_HEIGHT * len(shape.lines) - 1, size=SMALL_FONT_SIZE, fill=MUTED_COLOR)
            if small
            else ""
        )
    if change:
        parts.append(
            f'<circle cx="{_n(box.right - 2)}" cy="{_n(box.y + 2)}" r="9" fill="{style.stroke}"/>'
            f'<text x="{_n(box.right - 2)}" y="{_n(box.y + 6)}" font-size="12" font-weight="700" fill="#ffffff" '
            f'text-anchor="middle">{style.symbol}</text>'
        )
    return f"<g>{''.join(parts)}</g>"


def _edge(arrow: EdgeShape) -> str:
    way = " ".join(f"{_n(x)},{_n(y)}" for x, y in arrow.points)
    dashes = ' stroke-dasharray="6 4"' if arrow.link.message else ""
    head = "open" if arrow.link.message else "full"
    line = (
        f'<polyline points="{way}" fill="none" stroke="{STROKE_COLOR}" stroke-width="1.3" stroke-linejoin="round"'
        f'{dashes} marker-end="url(#head-{head})"/>'
    )
    if arrow.label is None:
        return line
    return line + _text(
        (arrow.text,), arrow.label.x, arrow.label.y + SMALL_FONT_SIZE, size=SMALL_FONT_SIZE, anchor="start"
    )


_ARROWHEADS = (
    '<marker id="head-full" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    f'<path d="M0 0L10 5L0 10z" fill="{STROKE_COLOR}"/></marker>'
    '<marker id="head-open" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="9" markerHeight="9" orient="auto">'
    f'<path d="M0 0L10 5L0 10z" fill="#ffffff" stroke="{STROKE_COLOR}"/></marker>'
)


def text_alternative(table: StepTable) -> str:
    """Return the text alternative of the diagram: title, number of steps, and parties."""
    rows = [row for row in table.rows if not row.implicit]
    names = "、".join(party.name for party in table.parties if party.name)
    title = table.title or "業務フロー"
    return f"{title}の図。手順 {len(rows)} 件、担い手: {names or '指定なし'}。内容は手順の表と同じです。"


def _body(layout: DiagramLayout, changes: Mapping[str, ChangeKind]) -> str:
    pools = "".join(_swimlane(strip, 0, upright=False) for strip in layout.pools)
    lanes = "".join(_swimlane(strip, n, upright=strip.header > 40) for n, strip in enumerate(layout.lanes))
    arrows = "".join(_edge(arrow) for arrow in layout.edges)
    shapes = "".join(_node(shape, changes.get(shape.row.key)) for shape in layout.nodes)
    return f"<defs>{_ARROWHEADS}</defs>{pools}{lanes}{arrows}{shapes}"


def render_svg(table: StepTable, changes: Mapping[str, ChangeKind] | None = None, view: Box | None = None) -> str:
    """Return a table as an SVG document with the changes marked; ``view`` limits it to a part, in pixels."""
    layout = diagram_layout(table)
    seen = view or Box(layout.left, layout.top, layout.width, layout.height)
    box = f"{_n(seen.x)} {_n(seen.y)} {_n(seen.width)} {_n(seen.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{_n(seen.width)}" height="{_n(seen.height)}" '
        f'role="img" aria-label="{escape(text_alternative(table))}" font-family="{FONT}">'
        f'<rect x="{_n(seen.x)}" y="{_n(seen.y)}" width="{_n(seen.width)}" height="{_n(seen.height)}" fill="#ffffff"/>'
        f"{_body(layout, changes or {})}</svg>"
    )


def page_boxes(table: StepTable) -> list[Box]:
    """Return the parts of a diagram that each fit an A3 sheet, cut between columns, in pixels."""
    layout = diagram_layout(table)
    count = max(1, -(-int(layout.width) // int(A3_WIDTH * 1.5)))
    starts = sorted({shape.box.x for shape in layout.nodes})
    edges = [layout.left]
    for number in range(1, count):
        wanted = layout.left + layout.width * number / count
        near = min(starts, key=lambda x: abs(x - wanted), default=wanted)
        edges.append(near - 14)
    edges.append(layout.left + layout.width)
    return [Box(a, layout.top, b - a, layout.height) for a, b in pairwise(edges) if b - a > 1]
