import pytest

from todoke.japanese import search_tokens


def found(query: str, text: str) -> bool:
    """Whether a text is found, by the rules that both databases follow."""
    filed = set(search_tokens.tokens(text))

    def has(token: str) -> bool:
        return any(t.startswith(token[:-1]) for t in filed) if token.endswith("*") else token in filed

    return all(
        all(map(has, term.letters)) or (bool(term.meanings) and all(any(map(has, choice)) for choice in term.meanings))
        for term in search_tokens.terms(query)
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
    for term in search_tokens.terms(query):
        assert all(token.rstrip("*").isalnum() for token in term.letters)
