"""The drawing part of BPMN (diagram interchange): positions read from it, and kept when present."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from todoke.flows.bpmn.safe_xml import UnsafeXml
from todoke.flows.bpmn.tags import DC, DI, WAYPOINT
from todoke.flows.step_table import Box, Kept, Link, Pairs, Party, Pool, Row

_FURTHEST = 1_000_000


@dataclass(frozen=True)
class _Shape:
    box: Box | None
    label: Box | None
    points: tuple[tuple[float, float], ...]
    attributes: Pairs
    xml: str


@dataclass(frozen=True)
class Shapes:
    """Everything drawn, by the element it draws."""

    shapes: dict[str, _Shape] = field(default_factory=dict)
    diagram: Pairs = ()
    others: tuple[Kept, ...] = ()

    def kept_beside(self, read: set[str]) -> list[Kept]:
        """Shapes of elements that the table does not read are kept as written."""
        beside = [Kept("plane", "図形", shape.xml) for key, shape in self.shapes.items() if key not in read]
        return [*beside, *self.others]

    def row(self, row: Row) -> Row:
        shape = self.shapes.get(row.key)
        return replace(row, box=shape.box, label=shape.label, shape=shape.attributes) if shape else row

    def party(self, party: Party) -> Party:
        shape = self.shapes.get(party.key)
        return replace(party, box=shape.box, shape=shape.attributes) if shape else party

    def pool(self, pool: Pool) -> Pool:
        shape = self.shapes.get(pool.participant)
        return replace(pool, box=shape.box, shape=shape.attributes) if shape else pool

    def link(self, link: Link) -> Link:
        shape = self.shapes.get(link.key)
        return replace(link, points=shape.points, label=shape.label, shape=shape.attributes) if shape else link


def read_shapes(diagram: Any, raw: Callable[[Any], str]) -> Shapes:
    """Read the first diagram of a file; shapes are keyed by the element that they draw."""
    plane = diagram.find(f"{{{DI}}}BPMNPlane")
    if plane is None:
        return Shapes(others=(Kept("diagram", "図", raw(diagram)),))
    shapes: dict[str, _Shape] = {}
    others = [Kept("diagram", etree.QName(child).localname, raw(child)) for child in diagram if child is not plane]
    for child in plane:
        if child.tag in {f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"} and child.get("bpmnElement") not in shapes:
            shapes[child.get("bpmnElement", "")] = _shape(child, raw)
        else:
            others.append(Kept("plane", etree.QName(child).localname, raw(child)))
    head = tuple((f"diagram:{key}", value) for key, value in diagram.attrib.items())
    body = tuple((f"plane:{key}", value) for key, value in plane.attrib.items())
    return Shapes(shapes, head + body, tuple(others))


def _shape(element: Any, raw: Callable[[Any], str]) -> _Shape:
    label = element.find(f"{{{DI}}}BPMNLabel")
    points = tuple((number(point, "x"), number(point, "y")) for point in element.iter(f"{{{WAYPOINT}}}waypoint"))
    attributes = [(key, value) for key, value in element.attrib.items() if key != "bpmnElement"]
    if label is not None:
        attributes += [(f"label:{key}", value) for key, value in label.attrib.items()] or [("label:", "")]
    return _Shape(
        _box(element.find(f"{{{DC}}}Bounds")),
        _box(label.find(f"{{{DC}}}Bounds")) if label is not None else None,
        points,
        tuple(attributes),
        raw(element),
    )


def _box(bounds: Any) -> Box | None:
    if bounds is None:
        return None
    return Box(number(bounds, "x"), number(bounds, "y"), number(bounds, "width"), number(bounds, "height"))


def number(element: Any, name: str) -> float:
    """Read a coordinate in pixels. Raises UnsafeXml when it is no number or beyond any paper."""
    try:
        value = float(element.get(name, ""))
    except ValueError as problem:
        raise UnsafeXml(f"位置「{element.get(name, '')}」は数ではありません。") from problem
    if not -_FURTHEST < value < _FURTHEST:
        raise UnsafeXml(f"位置「{element.get(name, '')}」が図の外です。")
    return value
