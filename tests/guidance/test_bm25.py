"""BM25: rare words and short texts count, and the order never depends on the order of rows."""

import random

from todoke.guidance.faqs.bm25 import CorpusSize, Posting, best_first, bm25_scores

SIZE = CorpusSize(10, 8.0)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [Posting(document, "申請", 1, 8) for document in range(9)]
    scores = bm25_scores([*common, Posting(9, "鑑札", 1, 8)], SIZE)
    assert best_first(scores)[0] == 9


def test_a_short_text_counts_more_than_a_long_one_and_a_second_mention_adds() -> None:
    scores = bm25_scores([Posting(0, "犬", 1, 40), Posting(1, "犬", 1, 4), Posting(2, "犬", 3, 4)], SIZE)
    assert best_first(scores) == [2, 1, 0]


def test_any_order_of_rows_gives_the_very_same_scores() -> None:
    dice = random.Random(1)
    rows = [Posting(document, f"語{term}", 1 + (document + term) % 3, 5 + document) for document in range(30)
            for term in range(7) if (document * term) % 4 != 1]  # fmt: skip
    first = bm25_scores(rows, CorpusSize(30, 19.5))
    for _ in range(5):
        dice.shuffle(rows)
        assert bm25_scores(rows, CorpusSize(30, 19.5)) == first


def test_equal_scores_are_ordered_by_number() -> None:
    assert best_first({7: 1.0, 3: 1.0, 5: 2.0}) == [5, 3, 7]


def test_nothing_is_found_in_nothing() -> None:
    assert bm25_scores([], CorpusSize(0, 0.0)) == {}
