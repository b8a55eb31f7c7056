"""What changes between two versions of a form is told in words, and whom it touches."""

from dataclasses import replace
from typing import Any

import pytest

from todoke.formbuilder.document.comparison import FormDifference, Impact, differences
from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.formulas import Formula
from todoke.formbuilder.document.structure import (
    Document,
    FormPage,
    Group,
    Guide,
    Option,
    Paper,
    Question,
    QuestionKind,
    Repeat,
    Required,
)

WAY = Question("way", QuestionKind.CHOICE, "受け取り方", options=(Option("post", "郵送"), Option("counter", "窓口")))
COPIES = Question("copies", QuestionKind.NUMBER, "通数", low=1, high=9)
WHEN = Condition("is", "way", "post")
GROUP = Group("g", "内容", (WAY, COPIES))
FIRST, SECOND = FormPage("p1", "一", (GROUP,)), FormPage("p2", "二", ())
OLD = Document("申請", (FIRST, SECOND), papers=(Paper("id", "本人確認書類"),))


def told(new: Document, old: Document = OLD) -> list[tuple[str, str, Impact]]:
    return [(one.place, one.words, one.impact) for one in differences(old, new)]


def with_question(question: Question) -> Document:
    questions = tuple(question if one.id == question.id else one for one in GROUP.questions)
    return replace(OLD, pages=(replace(FIRST, groups=(replace(GROUP, questions=questions),)), SECOND))


def with_page(**changes: Any) -> Document:
    return replace(OLD, pages=(replace(FIRST, **changes), SECOND))


def with_group(**changes: Any) -> Document:
    return with_page(groups=(replace(GROUP, **changes),))


def test_nothing_that_a_person_sees_changed() -> None:
    assert differences(OLD, OLD) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "届出"}, "名称を「申請」から「届出」に変えます。"),
        ({"lead": "はじめに"}, "はじめの説明を変えます。"),
        ({"guide": Guide(who="区民")}, "手続の案内を変えます。"),
        ({"pages": (SECOND, FIRST)}, "ページの順番を変えます。"),
    ],
)
def test_a_change_of_the_whole_form_is_told(changes: dict[str, Any], words: str) -> None:
    assert told(replace(OLD, **changes)) == [("様式の全体", words, Impact.NOTHING)]


def test_a_page_comes_or_goes() -> None:
    third = FormPage("p3", "三", ())
    assert told(replace(OLD, pages=(FIRST, third, SECOND))) == [("ページ「三」", "ページを加えます。", Impact.NOTHING)]
    assert told(replace(OLD, pages=(FIRST,))) == [("ページ「二」", "ページをなくします。", Impact.NOTHING)]


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"title": "壱"}, "ページ「壱」", "ページの題を「一」から変えます。"),
        ({"lead": "説明"}, "ページ「一」", "ページの説明を変えます。"),
        ({"when": WHEN}, "ページ「一」", "ページの表示条件を「「受け取り方」が「郵送」であるとき」に変えます。"),
    ],
)
def test_a_change_of_a_page_is_told(changes: dict[str, Any], place: str, words: str) -> None:
    assert told(with_page(**changes)) == [(place, words, Impact.NOTHING)]


def test_a_condition_that_goes_means_always_shown() -> None:
    assert told(OLD, with_page(when=WHEN)) == [
        ("ページ「一」", "ページの表示条件を「いつも表示」に変えます。", Impact.NOTHING)
    ]


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"title": "中身"}, "中身", "まとまりの題や説明を変えます。"),
        ({"title": ""}, "g", "まとまりの題や説明を変えます。"),
        ({"lead": "説明"}, "内容", "まとまりの題や説明を変えます。"),
        ({"repeat": Repeat("人")}, "内容", "繰り返しの決まりを変えます。"),
        ({"when": WHEN}, "内容", "まとまりの表示条件を「「受け取り方」が「郵送」であるとき」に変えます。"),
    ],
)
def test_a_change_of_a_group_is_told(changes: dict[str, Any], name: str, words: str) -> None:
    assert told(with_group(**changes)) == [(f"ページ「一」のまとまり「{name}」", words, Impact.NOTHING)]


@pytest.mark.parametrize(
    ("required", "name", "touch"),
    [
        (Required.HARD, "必須", Impact.ASKED),
        (Required.SOFT, "できれば必須(空でも送れる)", Impact.ASKED),
        (Required.STAFF, "職員が記入", Impact.NOTHING),
        (Required.NO, "任意", Impact.NOTHING),
    ],
)
def test_a_new_question_is_asked_of_who_is_filling_in(required: Required, name: str, touch: Impact) -> None:
    fresh = Question("born", QuestionKind.DATE, "生年月日", required=required)
    [found] = differences(OLD, with_group(questions=(WAY, COPIES, fresh)))
    words = f"設問を加えます(日付(和暦・西暦)、{name})。"
    assert found == FormDifference("「一」の「生年月日」", words, touch, "born")
    assert found.affects_applicants is (touch is Impact.ASKED)


def test_a_question_that_goes_takes_its_answer_along() -> None:
    assert differences(OLD, with_group(questions=(WAY,))) == [
        FormDifference("「一」の「通数」", "設問をなくします。", Impact.DROPPED, "copies")
    ]


def test_a_group_that_came_or_went_is_told_by_its_questions() -> None:
    other = with_page(groups=(replace(GROUP, id="g2", questions=(WAY, COPIES)),))
    assert told(other) == []


@pytest.mark.parametrize(
    ("changes", "words", "touch"),
    [
        ({"kind": QuestionKind.MONEY}, "種類を「数」から「金額(円)」に変えます。", Impact.ASKED_AGAIN),
        ({"help": "助け"}, "説明や例を変えます。", Impact.NOTHING),
        ({"example": "例"}, "説明や例を変えます。", Impact.NOTHING),
        ({"required": Required.NO}, "「必須」から「任意」に変えます。", Impact.NOTHING),
        ({"low": 2}, "下限や上限を変えます。", Impact.NOTHING),
        ({"high": 8}, "下限や上限を変えます。", Impact.NOTHING),
        ({"when": WHEN}, "表示条件を「「受け取り方」が「郵送」であるとき」に変えます。", Impact.NOTHING),
        ({"alternative": True}, "氏名の代替表記を聞くようにします。", Impact.NOTHING),
        ({"formula": Formula("number", 3)}, "計算式を「3」に変えます。", Impact.NOTHING),
        ({"sensitive": True}, "取扱いの区分(要配慮・保存・公開)を変えます。", Impact.NOTHING),
        ({"keep": True}, "取扱いの区分(要配慮・保存・公開)を変えます。", Impact.NOTHING),
        ({"open_data": True}, "取扱いの区分(要配慮・保存・公開)を変えます。", Impact.NOTHING),
    ],
)
def test_a_change_of_a_question_is_told(changes: dict[str, Any], words: str, touch: Impact) -> None:
    assert differences(OLD, with_question(replace(COPIES, **changes))) == [
        FormDifference("「一」の「通数」", words, touch, "copies")
    ]


def test_a_new_label_is_told_under_the_new_one() -> None:
    assert told(with_question(replace(COPIES, label="部数"))) == [
        ("「一」の「部数」", "設問の文を「通数」から変えます。", Impact.NOTHING)
    ]


def test_what_becomes_required_is_asked() -> None:
    optional = with_question(replace(COPIES, required=Required.NO))
    assert told(OLD, optional) == [("「一」の「通数」", "「任意」から「必須」に変えます。", Impact.ASKED)]
    assert told(with_question(replace(COPIES, required=Required.SOFT)), optional)[0][2] is Impact.NOTHING


def test_an_alternative_spelling_or_a_formula_may_go() -> None:
    assert told(OLD, with_question(replace(COPIES, alternative=True))) == [
        ("「一」の「通数」", "氏名の代替表記を聞かないようにします。", Impact.NOTHING)
    ]
    assert told(OLD, with_question(replace(COPIES, formula=Formula("number", 3)))) == []


def test_a_question_that_moves_names_the_page_it_leaves() -> None:
    moved = replace(
        OLD,
        pages=(
            replace(FIRST, groups=(Group("g", "内容", (WAY,)),)),
            replace(SECOND, groups=(Group("h", "", (COPIES,)),)),
        ),
    )
    assert told(moved) == [("「二」の「通数」", "ページ「一」から移します。", Impact.NOTHING)]


@pytest.mark.parametrize(
    ("options", "words", "touch"),
    [
        (
            (*WAY.options, Option("online", "オンライン")),
            "選択肢「オンライン」を加えます。",
            Impact.NOTHING,
        ),
        (
            (Option("post", "郵送"),),
            "選択肢「窓口」をなくします(選んでいた人には聞き直します)。",
            Impact.ASKED_AGAIN,
        ),
        (
            (Option("post", "郵便"), Option("counter", "窓口")),
            "選択肢「郵送」の言い方を「郵便」に変えます。",
            Impact.NOTHING,
        ),
    ],
)
def test_a_change_of_an_option_is_told(options: tuple[Option, ...], words: str, touch: Impact) -> None:
    assert told(with_question(replace(WAY, options=options))) == [("「一」の「受け取り方」", words, touch)]


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ((Paper("id", "本人確認書類"), Paper("map", "地図")), "「地図」を加えます。"),
        ((), "「本人確認書類」をなくします。"),
        ((Paper("id", "免許証など"),), "「免許証など」の内容を変えます。"),
        ((Paper("id", "本人確認書類", when=WHEN),), "「本人確認書類」の内容を変えます。"),
    ],
)
def test_a_change_of_a_paper_is_told(papers: tuple[Paper, ...], words: str) -> None:
    assert told(replace(OLD, papers=papers)) == [("必要な書類", words, Impact.NOTHING)]
