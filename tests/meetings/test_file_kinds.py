"""The same minutes as text, Word and PDF give the same proposals."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import typst
from docx import Document

from todoke.meetings.minutes.extract import extract_bytes
from todoke.meetings.minutes.loader import comparison_key

HERE = Path(__file__).parent / "formats"
FONTS = Path(__file__).resolve().parents[2] / "src/todoke/design/fonts"
NAMES = ("council_committee", "proposals_screened", "qa_briefing", "digest_plain")


def as_word(lines: list[str]) -> bytes:
    document, file = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def as_pdf(lines: list[str], folder: Path) -> bytes:
    paragraphs = "\n".join(f"#par[#{json.dumps(line, ensure_ascii=False)}]" for line in lines if line)
    (folder / "m.typ").write_text(f'#set text(font: "BIZ UDPGothic", size: 9pt)\n{paragraphs}')
    return typst.compile(str(folder / "m.typ"), font_paths=[str(FONTS)])


def proposals(data: bytes) -> list[tuple[Any, ...]]:
    found = extract_bytes(data)["proposals"]
    return [(each["kind"], comparison_key(each["what"]), each["owner"], each["due"]) for each in found]


@pytest.mark.parametrize("name", NAMES)
def test_text_word_and_pdf_give_the_same_proposals(name: str, tmp_path: Path) -> None:
    text = (HERE / f"{name}.txt").read_text()
    wanted = proposals(text.encode())
    assert len(wanted) >= 8
    assert proposals(as_word(text.splitlines())) == wanted
    assert proposals(as_pdf(text.splitlines(), tmp_path)) == wanted
