"""A CSV file names the letters that its encoding does not have; nothing is replaced by another letter."""

import io

import pytest

from todoke.spreadsheets.encoded_lines import CP932, UTF8, CsvFile, MissingLetters


def test_excel_sees_utf8_by_its_mark_and_a_formula_is_no_formula() -> None:
    file = io.BytesIO()
    table = CsvFile(file, ["番号", "氏名"], UTF8)
    table.append(["2026-1", "=cmd|' /C calc'!A0"])
    table.finish()
    assert file.getvalue() == "\ufeff番号,氏名\r\n2026-1,'=cmd|' /C calc'!A0\r\n".encode()


def test_cp932_holds_what_windows_holds() -> None:
    file = io.BytesIO()
    table = CsvFile(file, ["番号"], CP932)
    table.append(["髙﨑①"])
    table.finish()
    assert file.getvalue().decode("cp932") == "番号\r\n髙﨑①\r\n"


def test_a_letter_that_cp932_lacks_is_named_with_its_place() -> None:
    table = CsvFile(io.BytesIO(), ["受付番号", "氏名"], CP932)
    table.append(["2026-000001-A", "𠮷野"])
    table.append(["2026-000002-B", "山田"])
    with pytest.raises(MissingLetters, match=r"2026-000001-Aの「氏名」の「𠮷」\(U\+20BB7\)"):
        table.finish()


def test_of_many_missing_letters_the_number_is_said() -> None:
    table = CsvFile(io.BytesIO(), ["受付番号"], CP932)
    for _ in range(25):
        table.append(["𠮷"])
    with pytest.raises(MissingLetters, match="ほか5か所"):
        table.finish()
