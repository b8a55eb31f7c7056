"""A letter shows every character of a name as it is registered, or says that it cannot."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cast import present
from todoke.cases.letters.letter_pdf import Unprintable, render_letter
from todoke.design.glyphs import clusters

DATA = {
    "title": "決定通知書", "sender": "みらい区長", "number": "2026-000001-L", "date": "令和8年11月22日", "address": "",
    "opening": ["認めます。"], "rows": [], "reasons": [], "appeal": [], "contact": "", "synthetic": "",
}  # fmt: skip


def text_of(name: str, **more: object) -> str:
    pdf = render_letter({**DATA, "recipient": name, **more})
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("name", ["髙橋 𠮷郎", "葛󠄁飾 花子", "邉󠄅 一郎", "﨑山 はしご", "Nguyễn Đặng", "Thị Hồng"])
def test_rare_characters_and_variants_are_printed(name: str) -> None:
    assert name.split()[0] in text_of(name)


def test_a_variant_uses_a_font_that_has_it() -> None:
    pdf = PdfReader(io.BytesIO(render_letter({**DATA, "recipient": "𠮷田"})))
    resources: Any = pdf.pages[0]["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    assert any("NotoSerif" in font for font in fonts)


@pytest.mark.parametrize("name", ["花子😀", "辻󠄂"])
def test_what_no_font_has_is_reported_with_its_code(name: str) -> None:
    with pytest.raises(Unprintable, match=r"U\+"):
        text_of(name)


@pytest.mark.parametrize(
    "typed",
    ["#set text(red)", "*太字*", "$x$", '#read("/etc/passwd")', "#import", "{{ settings }}", "`raw`", "= 見出し"],
)
def test_what_people_type_is_never_markup(typed: str) -> None:
    assert typed in text_of("山田", reasons=[typed])


def test_a_letter_is_accessible_and_titled() -> None:
    pdf = PdfReader(io.BytesIO(render_letter({**DATA, "recipient": "山田"})))
    root: Any = pdf.root_object
    assert b"pdfuaid" in present(pdf.xmp_metadata).stream.get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("ja")


def test_a_selector_belongs_to_the_character_before_it() -> None:
    assert list(clusters("葛󠄁飾")) == ["葛󠄁", "飾"]


def test_a_name_that_no_font_has_is_written_in_its_alternative_spelling_and_the_letter_says_so() -> None:
    text = text_of("辻󠄂 花子", recipient_plain="辻 花子").replace("\n", "")
    assert "辻 花子 様" in text
    assert "代替表記で記しています" in text


def test_a_name_that_can_be_printed_stays_as_it_is_registered() -> None:
    text = text_of("髙橋 𠮷子", recipient_plain="高橋 吉子")
    assert "髙橋" in text
    assert "高橋" not in text
    assert "代替表記" not in text


def test_a_long_answer_in_rare_characters_is_printed() -> None:
    assert text_of("花子", rows=[{"label": "理由", "value": ["𠮷" * 4000]}]).count("𠮷") == 4000


def test_a_text_that_changes_its_font_too_often_is_refused_in_words() -> None:
    with pytest.raises(Unprintable, match="引用する答えを減らす"):
        text_of("花子", rows=[{"label": "理由", "value": ["𠮷長" * 2000]}])
