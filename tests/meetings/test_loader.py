"""Minutes arrive as text in any encoding, DOCX, PDF or a council's JSON."""

import io
import json
from pathlib import Path
from time import process_time

import pytest
import typst
from django.core.management import call_command
from django.core.management.base import CommandError
from docx import Document

from todoke.meetings.minutes.extract import extract_bytes
from todoke.meetings.minutes.loader import Line, load, numbered
from todoke.runtime.refusals import Unreadable

ENDLESS = 30
"""Seconds of processor time: what is refused early or read once takes a hundredth, what grows with a power, minutes."""

TEXT = """令和6年度第1回 テスト会議 議事録
日時 令和6年5月7日(火) 10:00~11:00

委員長:開会します。
事務局:次回までに資料を提出します。
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_any_encoding_reads_the_same(encoding: str) -> None:
    found = extract_bytes(TEXT.encode(encoding))
    assert found["speakers"] == ["委員長", "事務局"]
    assert found["proposals"][0]["due_text"] == "次回まで"


def test_a_word_file_is_read_with_its_tables() -> None:
    document, file = Document(), io.BytesIO()
    document.add_paragraph("テスト会議 議事録")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "日時", "令和6年5月7日 10:00~11:00"
    for line in TEXT.splitlines()[3:]:
        document.add_paragraph(line)
    document.save(file)
    found = extract_bytes(file.getvalue())
    assert found["date"] == "2024-05-07"
    assert [turn["speaker"] for turn in found["turns"]] == ["委員長", "事務局"]


def test_a_pdf_is_read(tmp_path: Path) -> None:
    body = "\n\n".join(line.replace("~", "から") for line in TEXT.splitlines() if line)
    (tmp_path / "m.typ").write_text('#set text(font: "BIZ UDPGothic")\n' + body)
    fonts = Path(__file__).resolve().parents[2] / "src/todoke/design/fonts"
    found = extract_bytes(typst.compile(str(tmp_path / "m.typ"), font_paths=[str(fonts)]))
    assert found["date"] == "2024-05-07"
    assert [each["kind"] for each in found["proposals"]] == ["commitment"]


def test_the_json_of_a_council_keeps_its_own_names_of_speakers() -> None:
    speeches = [
        {"type": "議題", "speaker": None, "role": None, "body": "△日程第１ 会期決定の件"},
        {"type": "議長", "speaker": "人見", "role": "議長", "body": "会期は2日間とすることに決しました。"},
        {"type": "答弁", "speaker": "荒木", "role": "市長", "body": "対応を検討してまいります。"},
    ]
    document = {"session": "令和7年第1回臨時会", "schedules": [{"name": "初日", "speeches": speeches}]}
    found = extract_bytes(json.dumps(document, ensure_ascii=False).encode())
    assert [(turn["speaker"], turn["role"]) for turn in found["turns"]] == [("人見", "議長"), ("荒木", "市長")]
    assert [each["kind"] for each in found["proposals"]] == ["decision", "commitment"]


def test_a_picture_or_a_broken_file_is_refused_in_words() -> None:
    with pytest.raises(Unreadable, match="保存し直してください"):
        load(b"PK\x03\x04broken")
    with pytest.raises(Unreadable, match="保存し直してください"):
        load(b"%PDF-1.4 broken")
    with pytest.raises(Unreadable, match="文字認識"):
        load(b"   \n")


def test_the_command_prints_json_and_helps_when_the_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text(TEXT)
    out = io.StringIO()
    call_command("minutes", str(tmp_path / "m.txt"), "--json", stdout=out)
    assert json.loads(out.getvalue())["title"] == "令和6年度第1回 テスト会議 議事録"
    with pytest.raises(CommandError, match="見つかりません"):
        call_command("minutes", str(tmp_path / "none.txt"))


def test_what_cannot_be_minutes_is_refused_or_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="文字ではない"):
        load(bytes(range(256)) * 8)
    with pytest.raises(Unreadable, match="発言ごとに改行"):
        load(("検討します" * 3000).encode())
    (tmp_path / "memo.txt").write_text("買い物のメモです。牛乳、卵。")
    said = io.StringIO()
    call_command("minutes", str(tmp_path / "memo.txt"), stdout=io.StringIO(), stderr=said)
    assert "手掛かり" in said.getvalue()
    with pytest.raises(CommandError, match="一つ指定"):
        call_command("minutes", str(tmp_path))


@pytest.mark.parametrize("line", ["{}右に寄せた発行者", "議題{}について", "決定事項{}x", "-{}x", "1{}x", "(1)議題{}x"])
def test_a_long_run_of_spaces_costs_no_time(line: str) -> None:
    began = process_time()
    extract_bytes(f"{TEXT}{line.format(' ' * 2000)}\n".encode())
    assert process_time() - began < ENDLESS


def test_what_no_database_can_hold_is_left_out() -> None:
    speech = {"speaker": "山田\ud800", "role": "委員", "body": "賛成\x00です。"}
    council = json.dumps({"schedules": [{"name": "審議", "speeches": [speech]}]})
    source = load(council.encode())
    assert list(source.names.values()) == [("山田?", "委員")]
    assert "賛成です。" in source.lines
    assert load(f"{TEXT}\x00".encode()).lines[-1] == ""


def test_a_line_is_normalised_once_with_every_sign_in_its_place() -> None:
    first, second = numbered(["○会長 十一月３日（火）", ""])
    assert (first.number, first.raw, first.is_blank) == (1, "○会長 十一月３日（火）", False)
    assert len(first.flat) == len(first.raw)
    assert "3日(火)" in first.flat
    assert second == Line(2, "", "")
