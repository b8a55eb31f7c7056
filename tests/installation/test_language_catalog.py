"""A third language comes from a workbook that anybody can fill in; what is missing is said in English."""

import gettext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from todoke.installation.language_catalog import HEADS, english, install_language, read_catalog, workbook
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.writer import xlsx_file

SEARCH, COUNTED = "手続をさがす", "%(municipality)s 手続の窓口"


def table(*rows: tuple[str, str]) -> bytes:
    return xlsx_file(HEADS, [(source, "", text) for source, text in rows])


def test_what_is_translated_is_said_so_and_the_rest_in_english(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALES = tmp_path
    found = read_catalog(table((SEARCH, "Buscar serviços")))
    place = install_language("pt-br", "Português", found.words)
    with (place / "LC_MESSAGES" / "django.mo").open("rb") as file:
        said = gettext.GNUTranslations(file)
    assert said.gettext(SEARCH) == "Buscar serviços"
    assert all(said.gettext(source) == text for source, text in english().items() if source != SEARCH)


def test_a_sentence_keeps_its_places_and_its_marks() -> None:
    found = read_catalog(table((SEARCH, "Buscar"), (COUNTED, "Balcão"), ("ない文", "x"), ("マイページ", "<b>Meu</b>")))
    assert list(found.words) == [SEARCH]
    assert [said.partition(":")[0] for said in found.refused] == ["3行目", "4行目", "5行目"]


def test_the_workbook_that_goes_out_comes_back() -> None:
    with pytest.raises(Unreadable, match="使える訳が一つもありません"):
        read_catalog(workbook())
    assert read_catalog(workbook({SEARCH: "Buscar"})).words == {SEARCH: "Buscar"}


def test_the_operator_writes_the_workbook_and_takes_it_in(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALES, out = tmp_path / "locale", StringIO()
    call_command("language", "words", str(tmp_path / "words.xlsx"), stdout=out)
    (tmp_path / "done.xlsx").write_bytes(table((SEARCH, "Buscar")))
    call_command("language", "add", "pt-br", str(tmp_path / "done.xlsx"), "--name", "Português", stdout=out)
    assert "1 / " in out.getvalue()
    for code, file in (("en", "done.xlsx"), ("../x", "done.xlsx"), ("vi", "nothing.xlsx")):
        with pytest.raises(CommandError):
            call_command("language", "add", code, str(tmp_path / file), "--name", "x", stdout=out)
