"""BPMN positions 位置: our computed layout as BPMN diagram interchange, so that other programs draw the same."""

from dataclasses import replace

from todoke.flows.diagram.layout import compute_layout
from todoke.flows.diagram.shapes_and_arrows import has_positions
from todoke.flows.step_table import StepTable


def with_positions(table: StepTable) -> StepTable:
    """Return the table with bounds and waypoints of our layout; a table with any position is returned as it is."""
    if has_positions(table) or any(row.box for row in table.rows):
        return table
    layout = compute_layout(table)
    shapes = {shape.row.key: shape for shape in layout.nodes}
    arrows = {arrow.link.key: arrow for arrow in layout.edges}
    lanes = {strip.key: strip.box for strip in layout.lanes}
    pools = {strip.key: strip.box for strip in layout.pools}
    return replace(
        table,
        rows=tuple(replace(row, box=shapes[row.key].box, label=shapes[row.key].label) for row in table.rows),
        links=tuple(
            replace(link, points=arrows[link.key].points, label=arrows[link.key].label) if link.key in arrows else link
            for link in table.links
        ),
        parties=tuple(replace(party, box=lanes.get(party.key)) for party in table.parties),
        pools=tuple(replace(pool, box=pools.get(pool.key)) for pool in table.pools),
    )
