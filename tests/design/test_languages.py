"""Every sentence of the residents' pages exists in English and in easy Japanese."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
ROOMS = [
    "portal",
    "admissions",
    "voices",
    "reception",
    "design",
    "guidance",
    "cases",
    "formbuilder",
    "payments",
    "points",
    "notices",
]
LANGUAGES = ["en", "ja_Easy"]


def said_in_templates() -> set[str]:
    found: set[str] = set()
    for room in ROOMS:
        for page in (HOUSE / room).rglob("*.html"):
            code = templatize(page.read_text(encoding="utf-8"))
            for literal in re.findall(
                r"gettext\(u?(\"\"\".*?\"\"\"|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", code, re.S
            ):
                found.add(ast.literal_eval(literal))
    return found


def said_in_modules() -> set[str]:
    found: set[str] = set()
    for room in ROOMS:
        for module in (HOUSE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in {"_", "gettext", "gettext_lazy"}
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    found.add(str(node.args[0].value))
    return found


def catalogue(language: str) -> dict[str, str]:
    path = HOUSE / "locale" / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        return dict(vars(gettext.GNUTranslations(file))["_catalog"])


def in_po(language: str) -> dict[str, str]:
    text = (HOUSE / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.M)
    return {key.replace('\\"', '"'): value.replace('\\"', '"') for key, value in pairs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    missing = (said_in_templates() | said_in_modules()) - catalogue(language).keys()
    assert not missing, f"add to locale/{language}/LC_MESSAGES/django.po and run msgfmt: {sorted(missing)}"


@pytest.mark.parametrize("language", [*LANGUAGES, "ja"])
def test_what_is_compiled_is_what_was_written(language: str) -> None:
    compiled = {key: text for key, text in catalogue(language).items() if key}
    assert compiled == in_po(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_its_blanks(language: str) -> None:
    for source, text in catalogue(language).items():
        if source:
            assert set(re.findall(r"%\(\w+\)s", source)) == set(re.findall(r"%\(\w+\)s", text)), source


def test_a_resident_chooses_a_language_and_keeps_it(client: Client, db: None) -> None:
    client.post("/language/setlang/", {"language": "en", "next": "/"})
    assert "What would you like to do?" in client.get("/").content.decode()
    client.post("/language/setlang/", {"language": "ja-easy", "next": "/"})
    assert "やさしい" in client.get("/").content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ja-easy"


def test_who_signs_in_is_greeted_in_the_words_of_this_house() -> None:
    assert catalogue("ja")["Successfully signed in as %(name)s."] == "%(name)s さんとしてログインしました。"
