"""People fit: one name only, a reading with signs, an address abroad, a postal code of several places."""

import unicodedata

import pytest

from tests.cast.formbuilder import question, small, version
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.question_types import display_text
from todoke.formbuilder.models import FormDraft, Submission

pytestmark = pytest.mark.django_db
NAME = {"family": "試験", "given": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ"}
PLACE = {"postal": "", "region": "", "street": "25-1", "building": ""}


def said(kind: str, **parts: str) -> tuple[list[str], list[str], Submission]:
    """What stops and what only asks, when a question is answered with these parts."""
    code = f"form{FormDraft.objects.count()}"
    submission = Submission.start(version=version(small(question("a", kind)), code), by=Guest())
    problems = submission.save_page("page", {f"a__{part}": text for part, text in parts.items()}, by=Guest())
    errors = [problem.message for problem in problems if not problem.warning]
    return errors, [problem.message for problem in problems if problem.warning], submission


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ({"family": "スカルノ", "given": "", "family_kana": "スカルノ", "given_kana": ""}, "スカルノ(スカルノ)"),
        ({"family": "", "given": "SUHARTO", "family_kana": "", "given_kana": "スハルト"}, "SUHARTO(スハルト)"),
    ],
)
def test_a_person_with_one_name_goes_on(name: dict[str, str], shown: str) -> None:
    errors, asked, submission = said("name", **name)
    assert errors == []
    assert "名前が一つだけの方は、このまま進めます。" in asked[0]
    assert display_text(submission.document.question("a"), submission.current_answers()[AnswerKey("a")]) == shown


def test_a_name_without_any_part_or_without_its_reading_is_asked_for() -> None:
    assert said("name", family=" ", given="", family_kana="ヤマダ", given_kana="")[0]
    assert said("name", family="山田", given="花子", family_kana="ヤマダ", given_kana="")[0] == [
        "名(フリガナ)を入力してください。"
    ]


def test_a_decomposed_reading_and_its_signs_go_on() -> None:
    decomposed = unicodedata.normalize("NFD", "ジュンペイ")
    assert said("name", **{**NAME, "given_kana": decomposed})[0] == []
    assert said("name", **{**NAME, "given_kana": "メアリ−"})[0] == []


def test_a_person_living_abroad_goes_on() -> None:
    errors, asked, submission = said("address", **{**PLACE, "region": "シンガポール", "street": "10 Example Road"})
    assert (errors, asked) == ([], [])
    errors, asked, submission = said(
        "address", **{**PLACE, "postal": "SW1A 1AA", "region": "London, UK", "street": "1 Example Road"}
    )
    assert errors == []
    shown = display_text(submission.document.question("a"), submission.current_answers()[AnswerKey("a")])
    assert shown == "SW1A 1AA London, UK1 Example Road"
    assert said("address", **{**PLACE, "region": "中国上海市"})[:2] == (
        [],
        ["郵便番号を確かめてください。海外の住所のときは、このまま進めます。"],
    )


def test_a_japanese_address_needs_its_postal_code() -> None:
    assert said("address", **{**PLACE, "region": "東京都中央区築地"})[0] == ["郵便番号を入力してください。"]
    assert said("address", **{**PLACE, "postal": "12", "region": "東京都中央区築地"})[0]


@pytest.mark.parametrize("postal", ["452-0961", "618-0000", "498-0000"])
def test_all_places_of_a_postal_code_are_offered_and_none_is_filled_in(postal: str) -> None:
    errors, _, submission = said("address", **{**PLACE, "postal": postal})
    assert errors == ["この郵便番号の町は、いくつかあります。選ぶか、入力してください。"]
    journey = submission.journey()
    html = str(form_for(journey.document.page("page"), journey))
    assert html.count("<option>") > 1
    chosen = {"a__place": html.partition("<option>")[2].partition("</option>")[0]}
    answers = {f"a__{part}": text for part, text in {**PLACE, "postal": postal}.items()}
    assert submission.save_page("page", {**answers, **chosen}, by=Guest()) == []


def test_the_only_place_of_a_postal_code_is_filled_in() -> None:
    errors, _, submission = said("address", **{**PLACE, "postal": "１０４ー００４５"})
    assert errors == []
    address = submission.current_answers()[AnswerKey("a")]
    assert isinstance(address, dict)
    assert address["region"] == "東京都中央区築地"
