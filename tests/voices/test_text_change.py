"""The decided draft gains and loses clauses, each with the answer that asked for it or the office's own reason."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast.voices import CLAUSES, Hall, hall, sent
from todoke.runtime.refusals import Conflict, Refused
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import Clause, Consultation, OfficialResponse, TextChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Hall:
    return hall()


def answering(place: Hall) -> tuple[Consultation, OfficialResponse]:
    of = place.announced()
    sent(of, "公園の段落は要りません。保育の段落を入れてください。")
    of.begin_answering(by=place.clerk)
    group = place.grouped(of, "公園の代わりに保育を", "c03")
    return of, group.answer(kind="changed", text="段落を入れ替えます。", by=place.clerk)


def clause(of: Consultation, key: str) -> Clause:
    return Clause.objects.select_related("text__consultation").get(text__consultation=of, text__version=1, key=key)


def order(of: Consultation) -> list[str]:
    rows = Clause.objects.filter(text__consultation=of, text__version=1).order_by("position")
    return [each.key for each in rows]


def test_a_clause_is_added_behind_another_or_first(place: Hall) -> None:
    of, response = answering(place)
    facts: dict[str, Any] = {"number": "", "heading": "保育", "body": "一時預かりを始めます。", "by": place.clerk}
    TextChange.add(of, behind="c01", response=response, **facts)
    TextChange.add(of, behind="", reason="前文を置く", **facts)
    assert order(of) == ["c05", "c01", "c04", "c02", "c03"]
    with pytest.raises(Refused, match="理由"):
        TextChange.add(of, behind="c01", **facts)
    with pytest.raises(Refused, match="もうありません"):
        TextChange.add(of, behind="c09", reason="理由", **facts)


def test_a_clause_that_was_only_added_leaves_nothing_behind(place: Hall) -> None:
    of, _ = answering(place)
    TextChange.add(of, behind="c03", number="4", heading="保育", body="始めます。", reason="理由", by=place.clerk)
    assert TextChange.remove(clause(of, "c04"), seen="始めます。", reason="やめる", by=place.clerk) is None
    assert (order(of), of.changes.count()) == (["c01", "c02", "c03"], 0)


def test_a_clause_changed_meanwhile_is_not_removed(place: Hall) -> None:
    of, response = answering(place)
    TextChange.write(clause(of, "c03"), "年に三回行います。", seen=CLAUSES[2][2], response=response, by=place.second)
    with pytest.raises(Conflict):
        TextChange.remove(clause(of, "c03"), seen=CLAUSES[2][2], response=response, by=place.clerk)
    made = TextChange.remove(clause(of, "c03"), seen="年に三回行います。", response=response, by=place.clerk)
    assert made is not None
    assert list(of.changes.all()) == [made]


def test_the_result_shows_what_was_added_and_what_was_left_out(place: Hall) -> None:
    of, response = answering(place)
    TextChange.remove(clause(of, "c03"), seen=CLAUSES[2][2], response=response, by=place.clerk)
    TextChange.add(of, behind="c02", number="3", heading="保育", body="一時預かりを始めます。", response=response,
                   by=place.clerk)  # fmt: skip
    place.read_twice(of)
    place.approved(of)
    publish_result(of, by=place.clerk)
    shown = Client().get(f"/consultations/{of.number}/result/").content.decode()
    for key, words in (("c03", "削った段落"), ("c04", "加えた段落")):
        part = re.split(r'<section class="card stack" id="change-', shown.partition(f'id="change-{key}"')[2])[0]
        assert words in part
        assert "公園の代わりに保育を" in part
    chain = Client().get(f"/voices/opinion/{response.group_id}/").content.decode()
    assert f"/consultations/{of.number}/result/#change-c03" in chain
