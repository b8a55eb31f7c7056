"""People say it in their own words, and the words of the office are found."""

import pytest

from tests.cast import present
from todoke.accounts.actors import System
from todoke.audit.models import Entry
from todoke.guidance import seed_data
from todoke.guidance.models import LifeEvent, Synonym
from todoke.guidance.relevance import Concept, Sense, fit, order
from todoke.guidance.synonyms import translate
from todoke.guidance.vocabulary import known_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("引っ越しました", "転入"),
        ("来月ひっこします", "転出"),
        ("ワンちゃんを飼い始めた", "犬の登録"),
        ("子ども手当はどこで", "児童手当"),
        ("マイナンバーカードをなくした", "個人番号カードの紛失"),
        ("墓じまいをしたい", "改葬"),
        ("税金が払えない", "徴収猶予"),
    ],
)
def test_a_resident_types_a_sentence(typed: str, meant: str) -> None:
    seed_data.load(by=System())
    wordings = known_words().synonyms
    assert meant in translate(typed, wordings).meant


def test_the_longest_wording_wins() -> None:
    known = [("まいなんばー", "個人番号"), ("まいなんばーかーど", "個人番号カード")]
    assert translate("マイナンバーカード", known).meant == ("個人番号カード",)


def test_what_staff_taught_survives_the_starter() -> None:
    Synonym.define("ワンちゃん", "犬の登録", by=System())
    seed_data.load(by=System())
    assert Synonym.objects.get(said="わんちゃん").means == "犬の登録"
    assert seed_data.load(by=System()) == 0


def test_teaching_is_recorded_once() -> None:
    for _ in range(2):
        Synonym.define("ねこ", "愛護", by=System())
    assert Entry.objects.filter(act="言い換えを登録").count() == 1


def test_life_events_come_in_their_order() -> None:
    seed_data.load(by=System())
    assert present(LifeEvent.objects.first()).code == "moving"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ぜいきんが はらえません", "徴収猶予"),
        ("しごとが なくなりました", "国民年金被保険者資格取得"),
        ("お金が ありませんでした", "保護開始の申請"),
        ("ゆうべ娘が生まれました", "出生"),
        ("先月、妻と別れました", "離婚"),
        ("I am leaving Japan", "転出"),
        ("My mother needs care", "要介護認定"),
    ],
)
def test_learners_and_polite_people_are_understood(typed: str, meant: str) -> None:
    seed_data.load(by=System())
    assert meant in translate(typed, known_words().synonyms).meant[:2]


def test_a_word_for_everything_does_not_hide_what_was_meant() -> None:
    nursery = Concept("保育園", (Sense(("保育給付",), 0.9),), known_wording=True)
    concepts = (nursery, Concept("子ども", (Sense(("子ども",), 1.0),)))
    titles = ["児童手当(子どもがいる人がもらうお金)", "教育・保育給付認定の申請"]
    fits = [[fit(concept, [title]) for concept in concepts] for title in titles]
    assert order(concepts, fits, [0.4, 0.0])[0] == 1
