"""Summaries of questions and answers: their hard rules, and what they say where nothing fits."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from todoke.meetings.minutes.loader import numbered
from todoke.meetings.minutes.sentences import Sentence, sentences
from todoke.meetings.speech.summaries import turn_summary
from todoke.meetings.speech.summaries.clauses import shortened
from todoke.meetings.speech.summaries.polite_phrases import is_greeting, plain_part, reserves
from todoke.meetings.speech.summaries.summary_rules import (
    LOST_RESERVE,
    MOST,
    OTHER_NUMBERS,
    OTHER_WORDS,
    TOO_LONG,
    broken_rules,
    is_subsequence,
    numbers,
    spoken_words,
)
from todoke.meetings.speech.summaries.turn_summary import ProposedSummary, TurnKind, propose_summary

ANSWER = """御答弁申し上げます。
初めに、学校給食費につきましては、物価が上がっておりますが、令和7年度は据え置く予定でございます。
次に、無償化につきましては、国の財源が示された場合に限り検討してまいりたいと考えております。
以上です。"""
QUESTION = """ありがとうございました。
次に、２点目、通学路の安全対策について、危険箇所は何か所あり、いつまでに直すのかお伺いしたいと思います。
以上です。"""
LONG_BAN = (
    "空き家の改修に対する補助につきましては、所有者が市内に住所を有し、市税を滞納しておらず、かつ改修した後に10年以上"
    "居住するか、または賃貸する旨を誓約した上で市内に本店のある事業者に工事を発注する場合を除き、補助の対象には"
    "ならないものと考えております。"
)


def summary(text: str, kind: TurnKind = TurnKind.ANSWER, subject: str = "") -> ProposedSummary:
    return propose_summary(numbered(text.splitlines()), kind, subject)


def test_an_answer_is_told_in_its_own_words_with_the_line_it_stands_in() -> None:
    found = summary(ANSWER, subject="学校給食費について")
    assert found.text == "学校給食費につきましては、物価が上がっておりますが、令和7年度は据え置く予定"
    assert found.lines == (2,)


def test_the_subject_of_the_notice_chooses_the_clause() -> None:
    found = summary(ANSWER, subject="無償化について")
    assert "無償化" in found.text
    assert found.lines == (3,)


def test_a_condition_stays_with_what_it_restricts() -> None:
    assert summary(ANSWER, subject="無償化").text.endswith("国の財源が示された場合に限り検討してまいりたい")


def test_a_question_loses_its_thanks_and_its_number() -> None:
    found = summary(QUESTION, TurnKind.QUESTION, "通学路の安全対策")
    assert found.text == "通学路の安全対策について、危険箇所は何か所あり、いつまでに直すのかお伺いしたい"


def test_an_opinion_stays_an_opinion() -> None:
    assert summary("この事業には、一定の効果があるものと考えております。").text.endswith("ものと考えております。")


def test_what_is_taken_back_by_the_next_sentence_is_never_told_alone() -> None:
    found = summary("施設の使用料は、全て無料としております。ただし、営利の催しは対象外です。", subject="施設の使用料")
    assert found.text == "施設の使用料は、全て無料としております。ただし、営利の催しは対象外です。"


def test_thanks_alone_give_no_summary_and_the_reason() -> None:
    found = summary("ありがとうございました。\n以上です。\nよろしくお願いいたします。")
    assert (found.text, found.reason) == ("", turn_summary.ONLY_POLITE)


def test_a_turn_without_words_gives_no_summary_and_the_reason() -> None:
    assert summary("").reason == turn_summary.EMPTY


def test_a_reserve_that_does_not_fit_gives_no_summary_rather_than_a_false_one() -> None:
    found = summary(LONG_BAN, subject="空き家の改修に対する補助")
    assert (found.text, found.reason) == ("", turn_summary.NOTHING_FITS)


def test_a_remark_that_neither_asks_nor_answers_gives_no_summary() -> None:
    assert summary("市内の桜並木の話。", TurnKind.QUESTION).reason == turn_summary.NOTHING_TELLS


@pytest.mark.parametrize(
    "text", ["御答弁申し上げます。", "以上です。", "以上、答弁といたします。", "ありがとうございます。"]
)
def test_a_greeting_is_known_by_the_closed_list(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text", ["給食費は据え置きます。", "以上の3点について伺います。", "市民の皆様にお願いしております。"]
)
def test_what_says_something_is_no_greeting(text: str) -> None:
    assert not is_greeting(text)


def test_a_reserve_in_the_opening_words_keeps_them() -> None:
    text = "仮に、国が認めない場合、本市は実施しません。"
    assert [text[part.start : part.end] for part in shortened(text)] == [text]


@pytest.mark.parametrize(
    ("said", "told", "rule"),
    [
        ("給食費は据え置きます。", "給食費は値上げします。", OTHER_WORDS),
        ("給食費は保護者が払います。", "保護者は給食費を払います。", OTHER_WORDS),
        ("工事は15か所です。", "工事は5か所です。", OTHER_NUMBERS),
        ("車両は30台です。", "車両は30代です。", OTHER_NUMBERS),
        ("令和7年4月1日に始めます。", "令和7年1日に始めます。", ""),
        ("令和7年4月1日に始めます。", "1日4月に始めます。", OTHER_NUMBERS),
        ("値上げは行いません。", "値上げは行います。", LOST_RESERVE),
        ("検討の上で実施します。", "実施します。", LOST_RESERVE),
        ("国の補助がある場合、実施します。", "実施します。", LOST_RESERVE),
        ("市民に限り無料です。", "市民は無料です。", LOST_RESERVE),
        ("給" * 101, "給" * 101, TOO_LONG),
    ],
)
def test_a_summary_that_changes_what_was_said_is_caught(said: str, told: str, rule: str) -> None:
    broken = broken_rules(told, [Sentence(said, 1, 1)])
    assert rule in broken if rule else broken == []


SUBJECTS = ["学校給食費", "無痛分娩", "第99号議案", "通学路の安全", "「桐ペイ」"]
CLAUSES = [
    "まず、", "次に、", "２点目、", "初めに、", "国の補助がある場合、", "市民に限り、", "仮に財源がなければ、",
    "物価が上がっておりますが、",
    "令和7年4月1日から、", "約367万6,000円を見込み、", "(資料3ページ)",
    "「やります」とは申しておりませんが、",
    "検討を進めて、", "15か所で、",
]  # fmt: skip
ENDS = [
    "実施してまいりたいと考えております。", "行いません。", "予定でございます。", "検討してまいります。",
    "いかがでしょうか。", "お伺いします。",
    "据え置くところでございます。", "577人であります。", "以上です。",
    "ただし、営利の場合を除きます。", "難しいものと考えております。", "です",
]  # fmt: skip
SENTENCES = st.builds(
    lambda subject, clauses, end: f"{subject}につきましては、{''.join(clauses)}{end}",
    st.sampled_from(SUBJECTS), st.lists(st.sampled_from(CLAUSES), max_size=5), st.sampled_from([*ENDS, *SUBJECTS]),
)  # fmt: skip
LOOSE = st.text(alphabet="ない場合限り検討、。「」(3年5日)まず次にでございますが給食費\n", max_size=160)
ODD = (
    "実施してまいりたいと考えております。\n33333333333333。がご3\n"
    "学校給食費につきましては、実施してまいりたいと考えております。"
)
"""After another sentence が and ご are two words, by themselves one."""
TURNS = st.lists(st.one_of(SENTENCES, st.sampled_from(ENDS), LOOSE), max_size=8).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(text=TURNS, kind=st.sampled_from(TurnKind), subject=st.sampled_from(["", *SUBJECTS]))
@example(text=ODD, kind=TurnKind.ANSWER, subject="")
def test_whatever_was_said_the_summary_keeps_the_rules(text: str, kind: TurnKind, subject: str) -> None:
    lines = numbered(text.splitlines())
    found = propose_summary(lines, kind, subject)
    assert bool(found.text) != bool(found.reason)
    said = "".join(line.raw.strip() for line in lines if line.number in found.lines)
    assert len(found.text) <= MOST
    assert is_subsequence(numbers(found.text), numbers(said))
    assert is_subsequence(spoken_words(found.text), [word for each in found.cited for word in spoken_words(each.text)])
    assert reserves(found.text) == [word for each in found.cited for word in reserves(each.text)]
    assert propose_summary(lines, kind, subject) == found


@settings(max_examples=150, deadline=None)
@given(text=TURNS)
def test_a_sentence_is_shortened_only_at_its_ends(text: str) -> None:
    for each in sentences(numbered(text.splitlines())):
        plain = plain_part(each.text)
        assert 0 <= plain.start <= plain.end <= len(each.text)
        for part in shortened(each.text):
            assert reserves(each.text[part.start : part.end]) == reserves(each.text)
