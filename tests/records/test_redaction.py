"""What is withheld is not in the copy: not on the page, not under the black, not in the file."""

import io
import re
import zlib

import pytest
from pypdf import PdfReader

from tests.cast import present, records
from tests.cast.records import SECRET
from todoke.accounts.actors import System
from todoke.records.models import Document, Ground, RecordFile, WithheldPassage
from todoke.records.redaction import disclosed_copy, disclosed_copy_pdf, redacted_pieces
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> RecordFile:
    made = records.file()
    first, second = made.documents.all()
    WithheldPassage.withhold(first, SECRET, ground=Ground.PERSONAL, by=System())
    WithheldPassage.withhold(first, "03-1234-5678", ground=Ground.PERSONAL, by=System())
    WithheldPassage.withhold_all(second, ground=Ground.DELIBERATION, by=System())
    return made


def everything_in(pdf: bytes) -> bytes:
    """The bytes of a PDF with all its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return pdf + b"".join(unpacked)


def test_the_copy_shows_what_is_disclosed_and_on_what_ground_the_rest_is_not(file: RecordFile) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(disclosed_copy_pdf(file))).pages)
    words = "".join(text.split())
    assert "犬を登録した" in words
    assert words.count("第1号(個人に関する情報)") == 3
    assert "第4号(審議・検討)" in words


def test_nothing_withheld_is_anywhere_in_the_file(file: RecordFile) -> None:
    pdf = disclosed_copy_pdf(file)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    inside = everything_in(pdf)
    for secret in (SECRET, "山田", "花子", "1234", "5678"):
        assert secret not in text
        for encoding in ("utf-8", "utf-16-be", "shift_jis"):
            assert secret.encode(encoding) not in inside
    assert SECRET not in str(disclosed_copy(file))


def test_the_length_of_what_is_withheld_cannot_be_told() -> None:
    short, long = records.file("A"), records.file("B")
    for made, words in ((short, "犬"), (long, "、犬を登録した。")):
        Document.objects.filter(file=made).update(text=f"前{words}後")
        WithheldPassage.withhold(present(made.documents.first()), words, ground=Ground.LAW, by=System())
    assert redacted_pieces(present(short.documents.first())) == redacted_pieces(present(long.documents.first()))


def test_overlapping_passages_leave_no_gap() -> None:
    document = present(records.file().documents.first())
    Document.objects.filter(pk=document.pk).update(text="0123456789")
    for start, end in ((2, 6), (4, 8), (3, 5)):
        WithheldPassage.objects.create(document=document, start=start, end=end, ground=Ground.PERSONAL)
    document.refresh_from_db()
    assert [piece.text for piece in redacted_pieces(document)] == ["01", "", "89"]


def test_a_name_with_a_rare_character_is_disclosed_with_its_code() -> None:
    file = records.file()
    Document.objects.filter(file=file).update(text="𠮷野")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(disclosed_copy_pdf(file))).pages)
    assert "野" in text
    assert "U+20BB7" in text or "𠮷" in text


def test_words_that_are_not_there_cannot_be_withheld() -> None:
    with pytest.raises(Refused):
        WithheldPassage.withhold(present(records.file().documents.first()), "ない言葉", ground=Ground.LAW, by=System())
