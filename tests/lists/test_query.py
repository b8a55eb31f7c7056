"""What an address asks of a list is read, written and never an error."""

import pytest
from django.db.models import Q
from django.http import QueryDict

from todoke.lists.columns import Choice, Column, Day
from todoke.lists.query import ListQuery, read_query, wanted_format

COLUMNS = (Column("name", "名前", str, sort="name"), Column("note", "メモ", str))
FILTERS = (Choice("state", "状態", [("open", "受付中")], field="status"), Day("since", "この日から", lambda day: Q()))


def read(address: str) -> ListQuery:
    return read_query(QueryDict(address), views={"mine": "自分", "all": "すべて"}, filters=FILTERS, columns=COLUMNS)


def test_everything_that_is_asked_for_is_read() -> None:
    asked = read("view=all&q=+犬+&state=open&since=2026-04-01&sort=-name&columns=note&columns=name&after=7")
    assert (asked.view, asked.words, asked.sort, asked.after) == ("all", "犬", "-name", "7")
    assert asked.filters == {"state": "open", "since": "2026-04-01"}
    assert asked.columns == ("name", "note"), "columns stand in the order of the list"


@pytest.mark.parametrize(
    "address",
    ["view=nonsense", "state=nonsense", "since=2026-02-30", "since=きのう", "sort=note", "sort=--name", "columns=x"],
)
def test_what_makes_no_sense_is_left_out(address: str) -> None:
    assert read(address) == ListQuery()


def test_an_address_leads_back_to_the_same_query() -> None:
    asked = read("view=mine&q=犬%26猫&state=open&since=2026-04-01&sort=name&columns=note&before=3")
    assert read(asked.encoded()) == asked


def test_another_condition_begins_at_the_first_page() -> None:
    asked = read("q=犬&state=open&since=2026-04-01&after=7")
    assert asked.without("state") == read("q=犬&since=2026-04-01")


def test_a_very_long_search_is_cut() -> None:
    assert len(read(f"q={'あ' * 5000}").words) == 100


@pytest.mark.parametrize(
    ("address", "wanted"),
    [("export=csv", "csv"), ("format=xlsx", "xlsx"), ("kind=csv", "csv"), ("kind=stop", ""), ("export=exe", "")],
)
def test_the_format_is_asked_for_in_any_of_three_ways(address: str, wanted: str) -> None:
    assert wanted_format(QueryDict(address)) == wanted


def test_a_choice_tells_its_condition_and_its_words() -> None:
    state, own = FILTERS[0], Choice("none", "担当", [(1, "なし")], condition=lambda key: Q(assignee=None))
    assert isinstance(state, Choice)
    assert (state.narrow("open"), state.words("open")) == (Q(status="open"), "受付中")
    assert own.narrow("1") == Q(assignee=None)
    assert own.read("1") == "1"
    assert own.options("1") == [("1", "なし", True)]
