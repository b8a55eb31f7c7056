"""The words that tell what a question is about."""

import pytest

from todoke.japanese.content_words import content_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("住民票がほしいのですが、どこに行けばいいですか。", ["住民", "票"]),
        ("ＡＢＣとabc", ["abc", "abc"]),
        ("それはいつですか?", []),
        ("", []),
        ("犬と犬", ["犬", "犬"]),
    ],
)
def test_what_every_question_has_is_left_out(text: str, words: list[str]) -> None:
    assert content_words(text) == words


def test_one_word_written_in_two_ways_is_one() -> None:
    assert content_words("引越しの届出") == content_words("引っ越しの届け出")
