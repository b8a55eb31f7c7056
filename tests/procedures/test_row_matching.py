"""A row of a file is the procedure of our number, else of the national id, else of the title with its law."""

from typing import Any

import pytest

from todoke.procedures.imports.row_matching import RowIndex, RowMatch, StoredProcedure, _find, identity_key
from todoke.procedures.imports.row_parser import ParsedRow

BY_NUMBER, BY_ID, BY_TITLE = (StoredProcedure(pk, f"P-{pk}", 1, {}) for pk in (1, 2, 3))
SHELF = RowIndex({"P-1": BY_NUMBER}, {"N-2": BY_ID}, {("犬の登録", "狂犬病予防法", ""): BY_TITLE})


def row(number: str = "", **values: Any) -> ParsedRow:
    return ParsedRow(2, number, values)


@pytest.mark.parametrize(
    ("one", "key"),
    [
        (row("P-1", national_id="N-2", title="犬の登録"), ("number", "P-1")),
        (row(national_id="N-2", title="犬の登録"), ("national", "N-2")),
        (row(title="犬の登録", law="狂犬病予防法", article="4"), ("title", "犬の登録", "狂犬病予防法", "4")),
        (row(national_id=None, title="犬の登録", law=None), ("title", "犬の登録", "", "")),
        (row(), ("title", "", "", "")),
    ],
)
def test_the_surest_key_that_a_row_has_is_its_key(one: ParsedRow, key: tuple[str, ...]) -> None:
    assert identity_key(one) == key


def test_a_row_is_found_by_its_surest_key_and_by_no_other() -> None:
    assert _find(row("P-1", national_id="N-2"), SHELF) is BY_NUMBER
    assert _find(row("P-9", national_id="N-2"), SHELF) is None
    assert _find(row(national_id="N-2", title="犬の登録", law="狂犬病予防法"), SHELF) is BY_ID
    assert _find(row(national_id="N-9", title="犬の登録", law="狂犬病予防法"), SHELF) is None
    assert _find(row(title="犬の登録", law="狂犬病予防法"), SHELF) is BY_TITLE
    assert _find(row(title="犬の登録"), SHELF) is None


def test_a_pair_differs_in_a_value_or_in_a_choice() -> None:
    assert not RowMatch(row(), BY_ID).differs
    assert RowMatch(row(), BY_ID, {"title": "犬"}).differs
    assert RowMatch(row(), BY_ID, {}, {"fee": frozenset({1})}).differs
