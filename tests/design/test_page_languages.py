"""An installation adds languages to a folder; those of the program stay what they are."""

from pathlib import Path

import pytest

from todoke.design.page_languages import added_languages, is_language_code, locale_folder, reads_kanji, speaks_japanese


def test_a_folder_with_a_catalog_is_a_language_under_its_own_name(tmp_path: Path) -> None:
    for code, name in (("pt-br", "Português"), ("vi", ""), ("en", "Engrish"), ("zh-hans", "简体中文")):
        place = locale_folder(tmp_path, code)
        (place / "LC_MESSAGES").mkdir(parents=True)
        (place / "LC_MESSAGES" / "django.mo").write_bytes(b"")
        (place / "name.txt").write_text(name, encoding="utf-8")
    (tmp_path / "half-made").mkdir()
    assert added_languages(tmp_path) == [("pt-br", "Português"), ("vi", "vi"), ("zh-hans", "简体中文")]
    assert (locale_folder(tmp_path, "pt-br").name, locale_folder(tmp_path, "zh-hans").name) == ("pt_BR", "zh_Hans")


@pytest.mark.parametrize("wrong", ["", "EN", "../x", "pt_BR", "a", "pt-br-x"])
def test_what_is_no_code_of_a_language_is_told(wrong: str) -> None:
    assert not is_language_code(wrong)


def test_days_and_names_are_written_as_the_reader_knows_them() -> None:
    assert [speaks_japanese(code) for code in ("ja", "ja-easy", None, "en", "vi")] == [True, True, True, False, False]
    assert [reads_kanji(code) for code in ("ja-easy", "zh-hans", "pt-br")] == [True, True, False]
