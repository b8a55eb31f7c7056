"""Formats 表記: typed values and codes as display text."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from todoke.organization.models import Department
from todoke.procedures.imports.row_matching import LABELS, RowMatch
from todoke.procedures.models import Code, Procedure


class ValueFormatter:
    """Formats values; reads the labels of codes and departments once."""

    def __init__(self) -> None:
        codes = Code.objects.order_by("position").values_list("pk", "label")
        self.codes = dict(codes)
        self.places = {pk: place for place, (pk, _) in enumerate(codes)}
        self.departments = dict(Department.objects.values_list("pk", "name"))

    def cells(self, pair: RowMatch) -> Iterator[tuple[str, str, str]]:
        """Yield header, old text and new text of every cell that differs."""
        assert pair.known
        for name, value in pair.values.items():
            yield LABELS[name], self.value(name, pair.known.values[name]), self.value(name, value)
        for table, chosen in pair.chosen.items():
            yield LABELS[table], self.chosen(pair.known.chosen.get(table, frozenset())), self.chosen(chosen)

    def value(self, name: str, value: Any) -> str:
        """Return the text of one typed value."""
        if value is None or value == "":
            return ""
        if name == "department_id":
            return self.departments.get(value, "")
        if isinstance(value, date):
            return value.isoformat()
        return str(dict(getattr(Procedure._meta.get_field(name), "flatchoices", ())).get(value, value))

    def chosen(self, chosen: Iterable[int]) -> str:
        """Return the labels of codes, joined as in the survey, in the order of their table."""
        return "; ".join(
            self.codes.get(code, "(新しい値)") for code in sorted(chosen, key=lambda pk: self.places.get(pk, 0))
        )
