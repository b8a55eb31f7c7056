"""BPMN diagram interchange 図の位置: bounds, labels and waypoints read from a BPMN file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from todoke.flows.bpmn.tags import BPMNDI_NS, DC_NS, DI_NS
from todoke.flows.step_table import Box, FlowEdge, FlowNode, Party, Pool, UnmappedElement, XmlAttributes
from todoke.runtime.refusals import Unreadable

_MAX_COORDINATE = 1_000_000


@dataclass(frozen=True)
class _ElementShape:
    box: Box | None
    label: Box | None
    points: tuple[tuple[float, float], ...]
    attributes: XmlAttributes
    xml: str


@dataclass(frozen=True)
class DiagramInterchange:
    """図の位置: shapes and edges of one BPMN diagram by the id of the element that they draw."""

    shapes: dict[str, _ElementShape] = field(default_factory=dict)
    diagram: XmlAttributes = ()
    others: tuple[UnmappedElement, ...] = ()

    def unmapped_shapes(self, read: set[str]) -> list[UnmappedElement]:
        """Return the shapes of elements that the table does not map, for writing back verbatim."""
        beside = [UnmappedElement("plane", "図形", shape.xml) for key, shape in self.shapes.items() if key not in read]
        return [*beside, *self.others]

    def row(self, row: FlowNode) -> FlowNode:
        """Return a flow node with its bounds and label."""
        shape = self.shapes.get(row.key)
        return replace(row, box=shape.box, label=shape.label, shape=shape.attributes) if shape else row

    def party(self, party: Party) -> Party:
        """Return a lane with its bounds."""
        shape = self.shapes.get(party.key)
        return replace(party, box=shape.box, shape=shape.attributes) if shape else party

    def pool(self, pool: Pool) -> Pool:
        """Return a pool with its bounds."""
        shape = self.shapes.get(pool.participant)
        return replace(pool, box=shape.box, shape=shape.attributes) if shape else pool

    def link(self, link: FlowEdge) -> FlowEdge:
        """Return an edge with its waypoints and label."""
        shape = self.shapes.get(link.key)
        return replace(link, points=shape.points, label=shape.label, shape=shape.attributes) if shape else link


def read_diagram(diagram: Any, to_xml: Callable[[Any], str]) -> DiagramInterchange:
    """Return the diagram interchange of the first diagram of a file; ``to_xml`` serialises unmapped elements."""
    plane = diagram.find(f"{{{BPMNDI_NS}}}BPMNPlane")
    if plane is None:
        return DiagramInterchange(others=(UnmappedElement("diagram", "図", to_xml(diagram)),))
    shapes: dict[str, _ElementShape] = {}
    others = [
        UnmappedElement("diagram", etree.QName(child).localname, to_xml(child))
        for child in diagram
        if child is not plane
    ]
    for child in plane:
        if (
            child.tag in {f"{{{BPMNDI_NS}}}BPMNShape", f"{{{BPMNDI_NS}}}BPMNEdge"}
            and child.get("bpmnElement") not in shapes
        ):
            shapes[child.get("bpmnElement", "")] = _shape(child, to_xml)
        else:
            others.append(UnmappedElement("plane", etree.QName(child).localname, to_xml(child)))
    head = tuple((f"diagram:{key}", value) for key, value in diagram.attrib.items())
    body = tuple((f"plane:{key}", value) for key, value in plane.attrib.items())
    return DiagramInterchange(shapes, head + body, tuple(others))


def _shape(element: Any, to_xml: Callable[[Any], str]) -> _ElementShape:
    label = element.find(f"{{{BPMNDI_NS}}}BPMNLabel")
    points = tuple((coordinate(point, "x"), coordinate(point, "y")) for point in element.iter(f"{{{DI_NS}}}waypoint"))
    attributes = [(key, value) for key, value in element.attrib.items() if key != "bpmnElement"]
    if label is not None:
        attributes += [(f"label:{key}", value) for key, value in label.attrib.items()] or [("label:", "")]
    return _ElementShape(
        _box(element.find(f"{{{DC_NS}}}Bounds")),
        _box(label.find(f"{{{DC_NS}}}Bounds")) if label is not None else None,
        points,
        tuple(attributes),
        to_xml(element),
    )


def _box(bounds: Any) -> Box | None:
    if bounds is None:
        return None
    return Box(
        coordinate(bounds, "x"), coordinate(bounds, "y"), coordinate(bounds, "width"), coordinate(bounds, "height")
    )


def coordinate(element: Any, name: str) -> float:
    """Return an attribute as a coordinate in pixels. Raises Unreadable for no number, or one beyond 1,000,000."""
    try:
        value = float(element.get(name, ""))
    except ValueError as problem:
        raise Unreadable(f"位置「{element.get(name, '')}」は数ではありません。") from problem
    if not -_MAX_COORDINATE < value < _MAX_COORDINATE:
        raise Unreadable(f"位置「{element.get(name, '')}」が図の外です。")
    return value
