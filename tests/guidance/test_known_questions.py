"""Everyday sentences find what a clerk would name among the first three, and staff add how people ask."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.guidance import seed_data
from todoke.guidance.finder import find_procedures
from todoke.guidance.known_questions import KnownQuestions, general_places
from todoke.guidance.models import PlainName
from todoke.guidance.relevance import merged
from todoke.procedures.codes import DATA
from todoke.procedures.imports import importer

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "data"
LEAST = {
    "everyday_sentences": 48, "everyday_sentences_second": 26, "everyday_sentences_third": 42,
    "everyday_sentences_fourth": 38, "everyday_sentences_training": 30,
}  # fmt: skip
"""How many of each list must be answered; of 50, 30, 45, 42 and 31. The third was judged at 35 before the words its
misses called for; the fourth, written after all words, at 39 the first time."""


def is_answered(row: dict[str, Any]) -> bool:
    """Whether a procedure or a place that a clerk would name is among the first three."""
    found = find_procedures(row["typed"])
    titles = " ".join(each.title for each in found.procedures[:3])
    places = " ".join(f"{each.title} {each.place}" for each in found.referrals[:3])
    known = (any(right in titles for right in row.get("right", ())), any(p in places for p in row.get("referral", ())))
    return any(known)


def test_everyday_sentences_find_what_a_clerk_would_name() -> None:
    importer.import_file(DATA / "national_survey_r6_city_halls.csv", by=System("試験"))
    seed_data.load(by=System())
    for name, least in LEAST.items():
        rows = json.loads((FOLDER / f"{name}.json").read_text())["sentences"]
        missed = [row["typed"] for row in rows if not is_answered(row)]
        assert len(rows) - len(missed) >= least, missed


def test_what_staff_write_as_a_way_of_asking_is_found_at_once() -> None:
    procedure("浄化槽の保守点検の報告", actor="5")
    name = PlainName(title="浄化槽の保守点検の報告", plain="浄化槽の点検")
    name.keep(by=System())
    assert not find_procedures("汲み取りの業者が来ました").procedures
    name.asked = "汲み取りの業者が来た"
    name.keep(by=System())
    assert [each.title for each in find_procedures("汲み取りの業者が来ました").procedures] == ["浄化槽の保守点検の報告"]


def test_who_moves_to_any_town_or_country_is_understood() -> None:
    rows = (("転出届", "", "", "", "大阪へ引っ越す、カナダに行く"), ("犬の登録", "", "", "", "子犬をもらった"))
    questions = KnownQuestions(rows)
    assert list(questions.meant("札幌へ引っ越します")) == ["転出届"]
    assert list(questions.meant("ベトナムに行きます")) == ["転出届"]
    assert general_places("日本と東京とカナダ") == "日本と地名と外国"


def test_a_sentence_of_which_little_is_known_means_nothing() -> None:
    questions = KnownQuestions((("犬の登録", "犬の登録", "", "", "子犬をもらった"), ("火葬", "", "", "", "お葬式")))
    assert list(questions.meant("子犬をもらいました")) == ["犬の登録"]
    assert questions.meant("子犬と宇宙船の軌道計算の微分方程式") == {}
    assert questions.meant("です") == {}


def test_many_hits_of_one_way_of_finding_never_hide_the_best_of_the_other() -> None:
    by_words, asked = ["a", "b", "c", "d"], ["x"]
    assert merged(by_words, asked, 0.5) == ["a", "b", "x", "c", "d"]
    assert merged(by_words, asked, 0.4)[:3] == ["a", "b", "c"]
    assert merged([], asked, 0.2) == ["x"]
    assert merged(by_words, ["a"], 1.0) == by_words
