"""Anybody can measure the ranking on their own questions and answers: ``./todoke ask``."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from todoke.guidance.faqs.question_files import read_corpus, read_questions
from todoke.runtime.refusals import Unreadable

CORPUS = {
    "a1": "Question: 犬を飼い始めたときの手続は?\nAnswer: 犬の登録をして、鑑札を受け取ってください。",
    "a2": {"question": "粗大ごみを出したい", "answer": "電話で申し込み、処理券を貼ってください。"},
    "a3": {"question": "住民票の写しがほしい", "answer": "窓口、郵送、コンビニエンスストアで取れます。"},
}
QUERIES = {"q1": "子犬を飼いました", "q2": "コンビニで住民票は取れますか", "q3": "ほげほげ"}


def ask(folder: Path, corpus: Any, queries: Any, *options: str) -> str:
    paths = [folder / "corpus.json", folder / "queries.json"]
    for path, data in zip(paths, (corpus, queries), strict=True):
        path.write_text(json.dumps(data, ensure_ascii=False))
    out = StringIO()
    call_command("ask", *map(str, paths), "--words", *options, stdout=out)
    return out.getvalue()


def test_ids_come_with_scores_and_whether_the_first_would_be_opened(tmp_path: Path) -> None:
    found = json.loads(ask(tmp_path, CORPUS, QUERIES, "--json"))
    assert list(found) == ["q1", "q2", "q3"]
    assert [found[name]["ranked"][0]["id"] for name in ("q1", "q2")] == ["a1", "a3"]
    assert found["q2"]["ranked"][0]["score"] > 0
    assert found["q3"] == {"ranked": [], "direct": False}
    assert not any(each["direct"] for each in found.values())


def test_lists_of_rows_are_read_too_and_words_are_printed_for_people(tmp_path: Path) -> None:
    rows = [{"id": 7, "question": "犬の登録", "answer": "鑑札"}]
    assert ask(tmp_path, rows, [{"id": "x", "text": "犬"}]).startswith("x: 7(")


@pytest.mark.parametrize("raw", [b"", b"{", b"3", b'[{"question": "a"}]', b'{"a": {"question": "x"}}', b'{"a": 4}'])
def test_a_file_of_another_shape_is_refused_with_the_right_shape(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="問答は"):
        read_corpus(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a": "x"\n  "b"}', "2行目の3文字目"),
        ("問答".encode("cp932"), "UTF-8で保存し直して"),
        (b"[]", "問答が一つもありません"),
        (b'[{"id": 1, "question": "a", "answer": "b"}, {"id": "1", "question": "c", "answer": "d"}]', "「1」が二度"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_corpus(raw)


def test_no_answer_at_all_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1以上の数"):
        ask(tmp_path, CORPUS, QUERIES, "--most", "-1")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ファイルを開けません"):
        call_command("ask", str(tmp_path / "none.json"), str(tmp_path / "none.json"))


def test_questions_are_cut_not_refused() -> None:
    assert len(read_questions(json.dumps({"a": "あ" * 5000}).encode())["a"]) == 1000
