"""Answers are ranked by words and meaning, and one is opened only where all agree."""

import pytest

from todoke.guidance.faqs.answer_order import RankingWeights, Signals, is_direct, rank, stretched, without

AGREED = Signals({1: 9.0, 2: 3.0}, {1: 0.95, 2: 0.80, 3: 0.70}, {1: 0.93, 2: 0.81, 3: 0.72})


def test_without_vectors_words_decide_and_nothing_is_opened() -> None:
    ranking = rank(Signals({4: 1.0, 2: 5.0}, {}, {}))
    assert [each.document for each in ranking.answers] == [2, 4]
    assert ranking.answers[0].cosine is None
    assert not ranking.direct


def test_vectors_bring_answers_that_share_no_word() -> None:
    assert [each.document for each in rank(AGREED).answers] == [1, 2, 3]


def test_weights_of_nought_leave_the_order_of_the_words() -> None:
    signals = Signals({1: 1.0, 2: 5.0, 3: 0.5}, {1: 0.9, 2: 0.7, 3: 0.8}, {1: 0.9, 2: 0.7, 3: 0.8})
    assert [each.document for each in rank(signals, RankingWeights(0.0, 0.0)).answers] == [2, 1, 3]
    assert rank(signals, RankingWeights(2.0, 2.0)).answers[0].document == 1


@pytest.mark.parametrize(
    "signals",
    [
        Signals({2: 9.0}, AGREED.question, AGREED.question_and_answer),
        Signals(AGREED.words, {2: 0.95, 1: 0.8}, AGREED.question_and_answer),
        Signals(AGREED.words, AGREED.question, {3: 0.95}),
        Signals(AGREED.words, {1: 0.8999, 2: 0.5}, AGREED.question_and_answer),
        Signals({}, AGREED.question, AGREED.question_and_answer),
        Signals({}, {}, {}),
    ],
    ids=["words differ", "question differs", "beginning differs", "not near enough", "no word", "nothing"],
)
def test_one_answer_is_opened_only_where_all_agree(signals: Signals) -> None:
    assert is_direct(AGREED)
    assert not is_direct(signals)


def test_an_answer_taken_out_is_not_opened() -> None:
    assert not is_direct(without(AGREED, [1]))
    assert [each.document for each in rank(without(AGREED, [1])).answers] == [2, 3]


def test_scores_are_stretched_between_nought_and_one() -> None:
    assert stretched({1: 2.0, 2: 4.0, 3: 3.0}) == {1: 0.0, 2: 1.0, 3: 0.5}
    assert stretched({1: 2.0}) == {1: 1.0}
    assert stretched({}) == {}
