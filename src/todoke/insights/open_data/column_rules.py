"""Column rules 列の検査: what shows only over all records of a column, or over all records."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from todoke.insights.open_data.cell_rules import phone_form
from todoke.insights.open_data.column_kinds import Kind
from todoke.insights.open_data.validation_rules import Defect

CIRCLE = "○"
CIRCLES = frozenset((CIRCLE, "〇"))
FORMS = {"(": "(0A)B-C", "-": "0A-B-C"}


class ColumnRules:
    """列の検査: reads the records of one file in order and keeps counts only."""

    def __init__(self, headers: Sequence[str], kinds: Sequence[Kind]) -> None:
        self._headers = headers
        self._phones = [at for at, kind in enumerate(kinds) if kind == Kind.PHONE]
        self._keys = [at for at, kind in enumerate(kinds) if kind == Kind.KEY]
        self._ids = [at for at in self._keys if headers[at].strip().upper() == "ID"][:1]
        self._circles: dict[int, Counter[str]] = {}
        self._forms: dict[int, Counter[str]] = {}
        self._seen_ids: dict[str, int] = {}
        self._seen_rows: dict[bytes, int] = {}

    def read(self, record: int, line: int, cells: Sequence[str]) -> Iterator[Defect]:
        """Count a record; yield the ID and the content that an earlier one has already."""
        if not CIRCLES.isdisjoint(cells):
            for at, cell in enumerate(cells):
                if cell in CIRCLES:
                    self._circles.setdefault(at, Counter())[cell] += 1
        for at in self._phones:
            if form := phone_form(cells[at].strip()):
                self._forms.setdefault(at, Counter())[form] += 1
        for at in self._ids:
            yield from self._id(at, record, line, cells[at].strip())
        content = list(cells)
        for at in self._keys:
            content[at] = ""
        key = blake2b("\0".join(content).encode(), digest_size=12).digest()
        first = self._seen_rows.setdefault(key, record)
        if first != record and any(content):
            yield Defect("V43", record, line, 0, "", f"{first}行目と同じ")

    def _id(self, at: int, record: int, line: int, written: str) -> Iterator[Defect]:
        if not written:
            return
        first = self._seen_ids.setdefault(written, record)
        if first != record:
            fresh = next(one for number in range(2, 10**6) if (one := f"{written}-{number}") not in self._seen_ids)
            self._seen_ids[fresh] = record
            yield Defect("V42", record, line, at + 1, self._headers[at], f"{written} ({first}行目にもあります)", fresh)

    def of_columns(self) -> Iterator[Defect]:
        """Yield what the counts tell once all records were read; the place is the header."""
        yield from self._mixed("V44", self._circles, {sign: sign for sign in CIRCLES})
        yield from self._mixed("V45", self._forms, FORMS)

    def _mixed(self, rule: str, counts: Mapping[int, Counter[str]], names: Mapping[str, str]) -> Iterator[Defect]:
        for at, counted in sorted(counts.items()):
            if len(counted) > 1:
                told = "、".join(f"{names[sign]} {count}件" for sign, count in counted.most_common())
                yield Defect(rule, 1, 1, at + 1, self._headers[at], told)
