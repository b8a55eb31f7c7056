"""Every list of every face: each row once in any order, exports that hold what is shown, no stranger's rows."""

import csv
import io
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.lists.fillers import FILLINGS
from tests.lists.filling import Filling
from todoke.audit.models import Entry
from todoke.board.list_names import LISTS as BOARD
from todoke.lists.columns import Choice
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.row_list import RowList
from todoke.office.list_names import LISTS as OFFICE
from todoke.studio.list_names import LISTS as STUDIO

pytestmark = pytest.mark.django_db
EXPORTED = [filling for filling in FILLINGS if filling.made.exportable and filling.made.name != "data-exports"]
"""The record of exports grows by its own export; tests/office/test_data_exports.py reads it."""
EVERY = pytest.mark.parametrize("filling", FILLINGS, ids=lambda filling: filling.made.name)
HELD_ELSEWHERE = {"held-mails", "standards"}
"""Filled and read in tests/cases/test_mail_holds.py; the twenty tasks are always twenty, see tests/board."""


def walk(rows: RowList[Any], address: str) -> list[str]:
    """Return the keys of a list, page by page to its end."""
    keys: list[str] = []
    while True:
        page = rows.page(QueryDict(address))
        keys += [rows.key_of(row) for row in page.rows]
        if not page.following:
            return keys
        address = page.following.partition("?")[2]


def exported(rows: RowList[Any], address: str) -> list[list[str]]:
    """Return the lines of the CSV below its heads, taken for a reason."""
    request = RequestFactory().post(f"/?{address}", {"phrase": "report"})
    request.user = rows.user
    text = list_response(rows, request).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_no_list_is_left_out() -> None:
    assert {filling.made.name for filling in FILLINGS} | HELD_ELSEWHERE == {*OFFICE, *BOARD, *STUDIO}


@EVERY
def test_every_order_shows_every_row_once(filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling.made, "size", 4)
    person, needed = filling.begin()
    filling.add(needed, range(9))
    rows = filling.rows(person, needed)
    every = walk(rows, "")
    assert len(every) >= 9
    for column in rows.columns:
        for sort in (column.key, f"-{column.key}") if column.order else ():
            found = walk(rows, f"sort={sort}")
            assert Counter(found) == Counter(every), sort
            assert found == [rows.key_of(row) for row in rows.sorted(rows.read(QueryDict(f"sort={sort}")))], sort


@pytest.mark.parametrize("filling", EXPORTED, ids=lambda filling: filling.made.name)
def test_an_export_holds_what_the_list_shows(filling: Filling) -> None:
    person, needed = filling.begin()
    filling.add(needed, range(5))
    rows = filling.rows(person, needed)
    choices = [
        f"{each.name}={key}" for each in rows.narrowing if isinstance(each, Choice) for key, *_ in each.options("")
    ]
    for address in ["", *(f"view={view}" for view in rows.views), *choices]:
        assert len(exported(rows, address)) == len(walk(rows, address)), address
    assert {entry.act for entry in Entry.objects.filter(actor=person, act__endswith="の書き出し")} == {
        f"{rows.title}一覧の書き出し"
    }
    heads, _ = rows.table(rows.read(QueryDict(f"columns={rows.columns[-1].key}")), most=1)
    assert heads == [rows.heading.label, rows.columns[-1].label]


@pytest.mark.parametrize("filling", [one for one in FILLINGS if one.section_only], ids=lambda one: one.made.name)
def test_a_strangers_rows_never_show(filling: Filling) -> None:
    owner, needed = filling.begin()
    filling.add(needed, range(3))
    stranger = cast.staff("他課", "other@example.lg.jp", section=cast.department("土木課", "7010"))
    rows = filling.rows(stranger, needed)
    for view in ["", *rows.views]:
        assert not walk(rows, f"view={view}")
        assert not rows.exportable or not exported(rows, f"view={view}")
    key = rows.key_of(next(iter(filling.rows(owner, needed).rows(""))))
    assert walk(rows, f"after={key}") == walk(rows, f"before={key}") == []


@EVERY
def test_a_longer_list_asks_no_more(filling: Filling) -> None:
    person, needed = filling.begin()
    client, address = cast.signed_in(person), filling.rows(person, needed).path()
    filling.add(needed, range(3))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    filling.add(needed, range(3, filling.most))
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)
