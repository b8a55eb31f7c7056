import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.cast.procedures import table
from todoke.file_validation import zip_safety
from todoke.spreadsheets import delimited, reader

TITLE = (reader.Headings((("手続名",),), ("手続ID", "総手続件数")),)
DOG = table({"手続ID": "48899", "手続名": "犬の登録、𠮷田様・髙橋様分"})


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(reader.UnreadableFile) as caught:
        list(reader.open_sheet(path, TITLE).rows)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_keep_every_letter(tmp_path: Path, encoding: str) -> None:
    sheet = reader.open_sheet(saved(tmp_path / "a.csv", DOG.encode(encoding)), TITLE)
    assert sheet.headers == ["手続ID", "手続名"]
    assert list(sheet.rows) == [(2, ["48899", "犬の登録、𠮷田様・髙橋様分"])]


def test_what_japanese_windows_writes_is_read(tmp_path: Path) -> None:
    text = DOG.replace("𠮷", "吉")
    sheet = reader.open_sheet(saved(tmp_path / "a.csv", text.encode("cp932")), TITLE)
    assert sheet.encoding == "cp932"
    assert next(sheet.rows)[1][1] == "犬の登録、吉田様・髙橋様分"


def test_an_unknown_encoding_is_said_with_what_to_do(tmp_path: Path) -> None:
    assert "CSV UTF-8" in refusal(saved(tmp_path / "a.csv", DOG[:12].encode() + b"\x81\xff"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空です"),
        (b"MZ\x90\x00 program", "実行ファイル"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 broken", "壊れているか"),
        ("番号,名称\n1,犬\n".encode(), "見出し「手続名」の列が見つかりません。"),
        ('手続名\n"犬の登録\n'.encode() + "長い".encode() * 60_000, "引用符"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refusal(saved(tmp_path / "手続.xlsx", content))


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    assert "一行が長すぎます" in refusal(saved(tmp_path / "a.csv", b"1" * (delimited.LONGEST_LINE + 1)))


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    content = "令和6年度 手続一覧,\n,\n手続ID,手続名\n1,犬の登録\n".encode()
    assert list(reader.open_sheet(saved(tmp_path / "a.csv", content), TITLE).rows) == [(4, ["1", "犬の登録"])]


def test_a_workbook_is_read_with_whole_numbers_and_dates_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("説明").write(0, 0, "このシートは説明です")
        page = book.add_worksheet("一覧")
        page.write_row(0, 0, ["手続ID", "手続名", "総手続件数"])
        page.write_row(1, 0, [48899, "犬の登録", 1776.0])
    assert list(reader.open_sheet(path, TITLE).rows) == [(2, ["48899", "犬の登録", "1776"])]


def bomb(path: Path, megabytes: int, sheet: bytes = b"") -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry,
    ):
        entry.write(sheet)
        for _ in range(megabytes):
            entry.write(b"\x00" * (1 << 20))
    return path


def test_a_bomb_named_xlsx_is_refused_before_a_parser_sees_it(tmp_path: Path) -> None:
    assert "圧縮率が異常です" in refusal(bomb(tmp_path / "a.xlsx", 32))


@pytest.mark.slow
def test_two_gigabytes_in_a_small_file_are_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", 2048)
    assert path.stat().st_size < 20_000_000
    assert "広げると大きすぎます" in refusal(path)


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", 32)
    content = bytearray(path.read_bytes())
    central = content.rfind(b"PK\x01\x02")
    content[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    assert "壊れている" in refusal(saved(path, bytes(content)))


@pytest.mark.parametrize("cell", [b'<row r="1048576"><c r="A1048576"/></row>', b'<row r="1"><c r="XFD1"/></row>'])
def test_a_sheet_that_pretends_to_be_vast_is_refused(tmp_path: Path, cell: bytes) -> None:
    with pytest.raises(zip_safety.UnsafeArchive, match="多すぎます"):
        zip_safety.check_zip(bomb(tmp_path / "a.xlsx", 0, cell))
