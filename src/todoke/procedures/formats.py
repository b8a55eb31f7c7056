"""Spelling 表記: typed values and codes in the words in which people read them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from todoke.organization.models import Department
from todoke.procedures.models import Code, Procedure
from todoke.procedures.row_matching import LABELS, Pair


class Speller:
    """Writes values; knows the names of codes and departments by their ids."""

    def __init__(self) -> None:
        codes = Code.objects.order_by("position").values_list("pk", "label")
        self.codes = dict(codes)
        self.places = {pk: place for place, (pk, _) in enumerate(codes)}
        self.departments = dict(Department.objects.values_list("pk", "name"))

    def cells(self, pair: Pair) -> Iterator[tuple[str, str, str]]:
        """Yield the header, the old and the new words of every cell that differs."""
        assert pair.known
        for name, value in pair.values.items():
            yield LABELS[name], self.value(name, pair.known.values[name]), self.value(name, value)
        for table, chosen in pair.chosen.items():
            yield LABELS[table], self.chosen(pair.known.chosen.get(table, frozenset())), self.chosen(chosen)

    def value(self, name: str, value: Any) -> str:
        """Write one typed value."""
        if value is None or value == "":
            return ""
        if name == "department_id":
            return self.departments.get(value, "")
        if isinstance(value, date):
            return value.isoformat()
        return str(dict(getattr(Procedure._meta.get_field(name), "flatchoices", ())).get(value, value))

    def chosen(self, chosen: Iterable[int]) -> str:
        """Write chosen codes as the survey joins them, in the order of their table."""
        return "; ".join(
            self.codes.get(code, "(新しい値)") for code in sorted(chosen, key=lambda pk: self.places.get(pk, 0))
        )
