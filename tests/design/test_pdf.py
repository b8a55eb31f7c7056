"""There is one way to paper: what holds for one document (no markup, no system fonts, PDF/UA) holds for all."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from todoke.design.pdf import render_office_pdf

SOURCE = Path(__file__).parents[2] / "src" / "todoke"


def test_only_one_module_calls_the_typesetter() -> None:
    importing = re.compile(r"^from todoke\.lazy_modules import .*\btypst\b|^import typst\b", re.MULTILINE)
    calling = [path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if importing.search(path.read_text())]
    assert calling == [Path("design/pdf.py")]


def test_every_template_reads_the_same_input() -> None:
    templates = list(SOURCE.rglob("*.typ"))
    assert len(templates) > 5
    assert not [path for path in templates if "sys.inputs" in path.read_text().replace("sys.inputs.data", "")]


def printed(folder: Path, title: str) -> str:
    template = folder / "page.typ"
    template.write_text(
        "#let sheet = json(bytes(sys.inputs.data))\n#set document(title: sheet.title)\n"
        '#set text(font: "BIZ UDPGothic", lang: "ja", fallback: false)\n#sheet.title #sheet.missing.len()'
    )
    pages = PdfReader(io.BytesIO(render_office_pdf(template, {"title": title}))).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("花子😀", "花子〓(U+1F600) 1"),
        ("👨\u200d👧", "〓(U+1F468)〓(U+200D)〓(U+1F467) 2"),
        ("渡\ue000", "渡〓(U+E000) 1"),
        ("a\x01b\\u{1}", "a〓(U+0001)b\\u{1} 1"),
        ("a\ufeffb", "a〓(U+FEFF)b 1"),
    ],
)
def test_a_character_that_no_font_has_is_shown_with_its_code(tmp_path: Path, title: str, shown: str) -> None:
    assert shown in printed(tmp_path, title)


def test_a_page_of_characters_that_no_font_has_is_set_once(tmp_path: Path) -> None:
    assert printed(tmp_path, "".join(map(chr, range(0xE000, 0xF000)))).count("〓") == 0x1000
