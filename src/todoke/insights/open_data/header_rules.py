"""Header rules 見出しの検査: empty, doubled and nearly standard names, and columns that a declared set asks for."""

from collections.abc import Iterator, Sequence

from todoke.insights.open_data.cell_rules import BLANKS, any_cell
from todoke.insights.open_data.standard_sets import (
    meant_by_shape,
    meant_by_spelling,
    standard_name,
    standard_sets,
)
from todoke.insights.open_data.validation_rules import Defect


def header_defects(headers: Sequence[str], *, line: int, declared: str | None) -> Iterator[Defect]:
    """Yield what is wrong in the names of the columns; the repair of a name is the name it should have."""
    seen: set[str] = set()
    for column, header in enumerate(headers, 1):
        for rule, repair in _one(header, seen, column):
            yield Defect(rule, 1, line, column, header, header, repair)
        seen.add(header)
    if declared is not None:
        here = {standard_name(header) for header in headers}
        missing = [one.name for one in standard_sets()[declared].values() if one.required and one.name not in here]
        for name in missing:
            yield Defect("V14", 1, line, 0, name, name)


def _one(header: str, seen: set[str], column: int) -> Iterator[tuple[str, str | None]]:
    trimmed = header.strip(BLANKS)
    if not trimmed:
        yield "V10", f"項目{column}"
        return
    if header in seen:
        yield "V12", next(name for at in range(2, len(seen) + 3) if (name := f"{header}_{at}") not in seen)
    if spelled := meant_by_spelling(trimmed):
        yield "V13", spelled
    elif (shaped := meant_by_shape(trimmed)) or trimmed != header:
        yield "V11", shaped or trimmed
    for rule, repair in any_cell(trimmed):
        if rule in ("V22", "V21"):
            yield rule, repair
