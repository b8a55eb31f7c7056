"""There is one way to paper: what holds for one document (no markup, no system fonts, PDF/UA) holds for all."""

import io
from pathlib import Path

from pypdf import PdfReader

from todoke.design.pdf import render_office_pdf

SOURCE = Path(__file__).parents[2] / "src" / "todoke"


def test_only_one_module_calls_the_typesetter() -> None:
    calling = [path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if "import typst" in path.read_text()]
    assert calling == [Path("design/pdf.py")]


def test_every_template_reads_the_same_input() -> None:
    templates = list(SOURCE.rglob("*.typ"))
    assert len(templates) > 5
    assert not [path for path in templates if "sys.inputs" in path.read_text().replace("sys.inputs.data", "")]


def test_a_character_that_no_font_has_is_shown_with_its_code(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    template.write_text(
        "#let sheet = json(bytes(sys.inputs.data))\n#set document(title: sheet.title)\n"
        '#set text(font: "BIZ UDPGothic", lang: "ja", fallback: false)\n#sheet.title #sheet.missing.len()'
    )
    text = PdfReader(io.BytesIO(render_office_pdf(template, {"title": "花子😀"}))).pages[0].extract_text()
    assert "花子〓(U+1F600) 1" in " ".join(text.split())
