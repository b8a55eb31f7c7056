import pytest

from todoke.japanese import search_tokens


def found(query: str, text: str) -> bool:
    """Whether a text is found, by the rules that both databases follow."""
    filed = set(search_tokens.index_tokens(text))

    def has(token: str) -> bool:
        return any(t.startswith(token[:-1]) for t in filed) if token.endswith("*") else token in filed

    return all(
        all(map(has, term.letters)) or (bool(term.meanings) and all(any(map(has, choice)) for choice in term.meanings))
        for term in search_tokens.query_terms(query)
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("犬", "飼い犬の登録"),
        ("票", "住民票"),
        ("児童", "未支払の児童手当の請求"),
        ("住民票の写し", "本人等による住民票の写し等の交付請求"),
        ("引越し", "引っ越しの届出"),
        ("転居", "引っ越しの届出"),
        ("ゴミ", "粗大ごみ収集の申込"),
        ("ごみ", "粗大ゴミ収集の申込"),
        ("ｅｌｔａｘ", "地方税申告(eLTAX)"),
        ("手当 児童", "児童手当の額改定請求(増額)"),
        ("額改", "児童手当の額改定請求"),
        ("P-000123", "P-000123 犬の登録"),
    ],
)
def test_a_clerk_finds_a_procedure_by_words_of_any_length(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(("query", "text"), [("猫", "犬の登録"), ("手児", "児童手当"), ("児童 犬", "児童手当")])
def test_what_is_not_there_is_not_found(query: str, text: str) -> None:
    assert not found(query, text)


@pytest.mark.parametrize("query", ["", "  ", "()\"'*", "AND OR NOT", "'; DROP TABLE x --"])
def test_no_query_is_a_command(query: str) -> None:
    for term in search_tokens.query_terms(query):
        assert all(token.rstrip("*").isalnum() for token in term.letters)


def test_japanese_is_filed_by_pairs_and_last_letters_and_latin_by_words() -> None:
    filed = search_tokens.index_tokens("eLTAX児童手当")
    assert {"eltax", "児童", "童手", "手当", "当"} <= set(filed)
    assert not {"el", "lt"} & set(filed)
    assert len(filed) == len(set(filed))


def test_words_of_one_meaning_are_filed_under_the_same_group() -> None:
    removal, moving = (
        {token for token in search_tokens.index_tokens(word) if token.startswith("syn")}
        for word in ("転居", "引っ越し")
    )
    assert removal & moving


def test_every_line_of_a_text_is_filed() -> None:
    assert {"児童", "住民"} <= set(search_tokens.index_tokens("児童手当\n住民票"))


def test_a_word_is_sought_by_its_pairs_and_a_letter_or_latin_by_its_beginning() -> None:
    letters = [term.letters for term in search_tokens.query_terms("住民票　票 ＥＬtax")]
    assert letters == [("住民", "民票"), ("票*",), ("eltax*",)]


def test_a_search_is_ten_words_of_a_hundred_letters_at_most() -> None:
    assert len(search_tokens.query_terms("犬 " * 10 + "猫")) == 10
    [term] = search_tokens.query_terms("a" * 101)
    assert term.letters == ("a" * 100 + "*",)
