from pathlib import Path

import pytest

from tests.cast.formbuilder import PHOTO
from todoke.file_validation.content_types import MAX_BYTES, NotAccepted, fitting_name, validate_content
from todoke.formbuilder.models.upload import safe_file_name

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 117
PAPER = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.parametrize("content", [PAPER, PHOTO])
def test_papers_and_photos_are_taken(content: bytes) -> None:
    assert validate_content(content) in {"application/pdf", "image/png"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0バイト"),
        (b"MZ\x90\x00" + b"\x00" * 200, "受け取れません"),
        (b"<html><script>alert(1)</script></html>", "受け取れません"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "受け取れません"),
        (b"%PDF-1.7\nhalf", "途中で切れて"),
        (PAPER.replace(b"<<>>", b"<</OpenAction<</S/JavaScript>>>>"), "動く仕掛け"),
        (PAPER.replace(b"<<>>", b"<</Encrypt 2 0 R>>"), "パスワード"),
        (PAPER + b"PK\x05\x06" + b"\x00" * 18 + b"%%EOF", "別の種類"),
        (PHOTO + b"PK\x03\x04zip inside", "別の種類"),
        (PHOTO + b"<script>alert(1)</script>", "別の種類"),
        (PHOTO[:40], "途中で切れて"),
        (
            PHOTO.replace(b"\x00\x00\x00\x01\x00\x00\x00\x01", b"\x00\x00\xc3\x50\x00\x00\xc3\x50"),
            "大きすぎます",
        ),
        (PHOTO + b"0" * MAX_BYTES, "大きすぎます"),
    ],
)
def test_a_hostile_file_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAccepted, match=words):
        validate_content(content)


def test_a_file_name_loses_folders_and_keeps_its_end() -> None:
    assert safe_file_name("C:\\fakepath\\../申請書\n.pdf") == "申請書.pdf"
    assert safe_file_name("あ" * 300 + ".pdf").endswith("あ.pdf")
    assert len(safe_file_name("あ" * 300 + ".pdf")) <= 200


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1"])
def test_a_photo_of_a_phone_is_taken_whatever_its_brand(brand: bytes) -> None:
    assert validate_content(HEIC.replace(b"ftypheic", b"ftyp" + brand)) == "image/heic"


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("写真.jpg", "image/heic", "写真.heic"),
        ("写真.jpg", "image/png", "写真.png"),
        ("photo", "image/png", "photo.png"),
        ("IMG_1.HEIF", "image/heic", "IMG_1.HEIF"),
        ("a.JPEG", "image/jpeg", "a.JPEG"),
        ("2026.11.29", "image/jpeg", "2026.11.29.jpg"),
        ("evil.exe", "application/pdf", "evil.exe.pdf"),
        ("", "image/png", "file.png"),
    ],
)
def test_the_content_decides_and_the_name_is_put_right(name: str, media_type: str, kept: str) -> None:
    assert fitting_name(name, media_type) == kept


REPORTS = Path(__file__).parents[1] / "assets" / "reports"


@pytest.mark.parametrize("name", ["b26", "b26b", "b26c", "b27d"])
def test_a_pdf_that_readers_open_is_accepted(name: str) -> None:
    assert validate_content(next(REPORTS.glob(f"{name}_*")).read_bytes()) == "application/pdf"


@pytest.mark.parametrize("name", ["b27", "b27b", "b27c"])
def test_a_script_in_a_pdf_is_found_in_its_objects(name: str) -> None:
    with pytest.raises(NotAccepted, match="動く仕掛け"):
        validate_content(next(REPORTS.glob(f"{name}_*")).read_bytes())


@pytest.mark.parametrize(
    "place",
    [b"<</A 1>>stream\n%s\nendstream", b"(\n%s\n)", b"% %s", b"(%s"],
    ids=["stream", "string", "comment", "open"],
)
def test_objects_that_hide_where_text_stands_are_found(place: bytes) -> None:
    hidden = b"%PDF-1.4\n9 0 obj" + place.replace(b"%s", b"1 0 obj<</S/JavaScript>>endobj") + b" endobj\n%%EOF"
    with pytest.raises(NotAccepted, match="動く仕掛け"):
        validate_content(hidden)
