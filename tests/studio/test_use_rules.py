"""All seven published rule sets are written in the studio, as lines of tables, without code."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests import cast
from tests.cast import bookings
from tests.cast.use_rules import SETS
from todoke.bookings.models import UseRules, UseRulesDraft
from todoke.bookings.terms_document import InvalidTerms, read_terms
from todoke.bookings.terms_lines import TABLES, lines_of, rows_of

pytestmark = pytest.mark.django_db


def typed(document: dict[str, Any]) -> dict[str, Any]:
    """What a designer types for a document."""
    tables = {name: lines_of(name, document.get(name, [])) for name in TABLES}
    bundles = {"bundles": "on"} if document.get("bundles") else {}
    return {"basis": document["basis"], "starts_on": "2026-04-01", **tables, **bundles}


@pytest.mark.parametrize("name", list(SETS))
def test_a_published_rule_set_is_written_and_published_by_two_people(name: str) -> None:
    group = bookings.sports_halls()
    author = cast.staff("設計 一", "designer@example.lg.jp", "designer", cast.department("DX推進課", "1002"))
    clerk = bookings.manager()
    address = reverse("studio:use-rules-draft", args=[group.code])
    assert cast.signed_in(author).post(address, typed(SETS[name])).status_code == 302
    draft = UseRulesDraft.objects.get()
    assert draft.terms == read_terms(SETS[name] | {"resident_weight": 1}) or draft.terms == read_terms(SETS[name])
    publish = reverse("studio:use-rules-publication", args=[group.code])
    cast.signed_in(author).post(publish, {"revision": draft.revision})
    assert not UseRules.objects.exists(), "nobody publishes what they wrote"
    cast.signed_in(clerk).post(publish, {"revision": draft.revision})
    assert UseRules.in_force(group, date(2026, 4, 1)) is not None
    page = cast.signed_in(clerk).get(reverse("studio:use-rules-group", args=[group.code])).content.decode()
    assert SETS[name]["basis"] in page


def test_a_line_that_cannot_be_read_is_named_and_what_was_typed_stays() -> None:
    group, clerk = bookings.sports_halls(), bookings.manager()
    address = reverse("studio:use-rules-draft", args=[group.code])
    wrong = typed(SETS["草加"]) | {"refunds": "ホール、60日前、75\nホール、そのうち、50"}
    answer = cast.signed_in(clerk).post(address, wrong)
    assert answer.status_code == 422
    assert "還付の割合の2行目" in answer.content.decode()
    assert "そのうち" in answer.content.decode()
    assert not UseRulesDraft.objects.exists()


def test_whoever_has_no_business_there_finds_nothing() -> None:
    group = bookings.sports_halls()
    stranger = cast.signed_in(cast.clerk())
    assert stranger.get(reverse("studio:use-rules-group", args=[group.code])).status_code in {403, 404}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("refunds", "ホール、60日前"),
        ("payments", "すべて、そのうち"),
        ("fees", "すべて、午前、百円"),
        ("penalties", "直前の取消、6日前、1、3、いつか、1か月、抽選の申込み"),
        ("applications", "すべて、1年前、当日、村内"),
    ],
)
def test_a_wrong_line_says_which(name: str, text: str) -> None:
    with pytest.raises(InvalidTerms, match="1行目"):
        rows_of(name, text)
