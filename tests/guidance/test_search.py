"""Residents type their own words, and what they need is among the first three, or the place that has it is named."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.guidance import seed_data
from todoke.guidance.finder import BUSINESS, PEOPLE, SearchResult, find_procedures
from todoke.guidance.models import PlainName, Referral
from todoke.guidance.shipped_data import shipped
from todoke.procedures.codes import DATA
from todoke.procedures.imports import importer
from todoke.procedures.models import Procedure
from todoke.procedures.search import matches_expression

pytestmark = pytest.mark.django_db
NATIONAL = DATA / "national_survey_r6_city_halls.csv"
SENTENCES = json.loads((Path(__file__).parent / "data" / "sentences.json").read_text())
LEAST = {"reported": 31, "others": 26, "fresh": 20}
"""How many of each set must be answered; of 35, 30 and 28."""


def titles(found: SearchResult) -> list[str]:
    return [each.title for each in found.procedures]


def is_answered(row: Mapping[str, Any]) -> bool:
    """Whether the right procedure is among the first three (of several, two) and no other certificate stands there."""
    found = find_procedures(row["typed"])
    first = titles(found)[:3]
    if any(wrong in title for wrong in row.get("wrong", ()) for title in first):
        return False
    if "referral" in row:
        return any(row["referral"] in f"{each.title} {each.place}" for each in found.referrals)
    hits = [right for right in row["right"] if any(right in title for title in first)]
    return len(hits) >= min(2, len(row["right"]))


def test_the_words_of_residents_find_what_they_need() -> None:
    importer.import_file(NATIONAL, by=System("試験"))
    seed_data.load(by=System())
    missed = {name: [row["typed"] for row in rows if not is_answered(row)] for name, rows in _sets()}
    for name, rows in _sets():
        assert len(rows) - len(missed[name]) >= LEAST[name], missed[name]


def _sets() -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
    return [(name, SENTENCES[name]) for name in LEAST]


@pytest.fixture(autouse=True)
def _shipped_words() -> None:
    seed_data.load(by=System())


def test_what_nobody_has_is_not_answered_by_pieces_of_the_word() -> None:
    procedure("境界確定の申請", actor="5")
    procedure("住民税の申告", actor="5")
    assert not find_procedures("確定申告書の控え").procedures


def test_of_two_titles_the_one_that_is_used_more_comes_first() -> None:
    procedure("旅券の返納の届出", total_count=3, actor="5")
    procedure("旅券の返納の申請", total_count=300_000, actor="5")
    assert titles(find_procedures("返納")) == ["旅券の返納の申請", "旅券の返納の届出"]


def test_a_short_word_does_not_win_in_a_long_legal_name() -> None:
    procedure("特定施設における畑作物の譲渡に係る帳簿の保存及び報告の届出", actor="5")
    procedure("帳簿の届出", actor="5")
    assert titles(find_procedures("帳簿"))[0] == "帳簿の届出"


def test_what_belongs_together_stands_together() -> None:
    for title in ("転入届出", "転出証明書の再交付", "転出届", "転居届出"):
        procedure(title, actor="5", total_count=1000)
    assert set(titles(find_procedures("引っ越し"))[:3]) == {"転入届出", "転出届", "転居届出"}


@pytest.mark.parametrize("typed", ["じどうてあて", "ジドウテアテ", "ｼﾞﾄﾞｳﾃｱﾃ", "児童手当", "児 童 手 当"])
def test_kana_of_any_width_find_the_kanji(typed: str) -> None:
    procedure("児童手当の認定の請求", actor="5")
    procedure("自動車の登録", actor="5")
    assert titles(find_procedures(typed)) == ["児童手当の認定の請求"]


def test_procedures_of_firms_and_authorities_are_not_among_a_residents_hits() -> None:
    procedure("犬の登録の申請", actor="5")
    procedure("犬の販売業の登録", actor="6")
    procedure("犬の登録の報告", actor="3")
    found = find_procedures("犬の登録")
    assert (found.audience, titles(found)) == (PEOPLE, ["犬の登録の申請"])
    asked = find_procedures("犬", audience=BUSINESS)
    assert (asked.count, titles(asked)) == (1, ["犬の販売業の登録"])


def test_firms_are_shown_theirs_where_residents_have_none() -> None:
    procedure("毒物劇物販売業の登録", actor="6")
    assert find_procedures("毒物劇物").audience == BUSINESS


def test_the_words_that_no_title_has_are_named() -> None:
    procedure("住民票の写しの交付", actor="5")
    found = find_procedures("住民票 コンビニ")
    assert (titles(found), found.unknown) == (["住民票の写しの交付"], ("こんびに",))


@pytest.mark.parametrize(
    ("language", "called"), [("ja", "犬の登録"), ("ja-easy", "犬を飼うとき"), ("en", "Dog licence")]
)
def test_a_procedure_is_called_in_the_language_of_the_page(language: str, called: str) -> None:
    procedure("犬の鑑札の交付", actor="5")
    PlainName(title="犬の鑑札の交付", plain="犬の登録", easy="犬を飼うとき", english="Dog licence").keep(by=System())
    with translation.override(language):
        assert [each.called for each in find_procedures("dog licence").procedures] == [called]


def test_a_staff_member_adds_a_place_and_residents_are_sent_there() -> None:
    Referral(
        title="放置自動車", said="放置車、車 放置", place="道路管理課", note="お知らせください。", source="条例"
    ).keep(by=System())
    assert [each.place for each in find_procedures("道に車が放置されている").referrals] == ["道路管理課"]


def test_every_shipped_place_names_its_source() -> None:
    assert all(row["source"] and row["english"] and row["easy"] for row in shipped("referrals"))


@pytest.mark.postgresql
def test_the_words_are_looked_up_once_however_little_the_database_knows_of_its_tables() -> None:
    plan = Procedure.objects.filter(matches_expression("'転入'")).explain()
    assert "InitPlan" in plan, plan
