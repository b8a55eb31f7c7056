import pytest

from tests.cast.formbuilder import PHOTO
from todoke.file_validation.content_types import MAX_BYTES, NotAccepted, validate_content
from todoke.formbuilder.models.upload import safe_file_name

PAPER = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PAPER), ("写真.PNG", PHOTO)])
def test_papers_and_photos_are_taken(name: str, content: bytes) -> None:
    assert validate_content(name, content) in {"application/pdf", "image/png"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "0バイト"),
        ("a.pdf", b"MZ\x90\x00" + b"\x00" * 200, "受け取れません"),
        ("a.pdf", PHOTO, "合っていません"),
        ("a.exe", PAPER, "合っていません"),
        ("a.html", b"<html><script>alert(1)</script></html>", "受け取れません"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "受け取れません"),
        ("a.pdf", b"%PDF-1.7\nhalf", "途中で切れて"),
        ("a.pdf", PAPER.replace(b"<<>>", b"<</OpenAction<</S/JavaScript>>>>"), "動く仕掛け"),
        ("a.pdf", PAPER.replace(b"<<>>", b"<</Encrypt 2 0 R>>"), "パスワード"),
        ("a.pdf", PAPER + b"PK\x05\x06" + b"\x00" * 18 + b"%%EOF", "別の種類"),
        ("a.png", PHOTO + b"PK\x03\x04zip inside", "別の種類"),
        ("a.png", PHOTO + b"<script>alert(1)</script>", "別の種類"),
        ("a.png", PHOTO[:40], "途中で切れて"),
        (
            "a.png",
            PHOTO.replace(b"\x00\x00\x00\x01\x00\x00\x00\x01", b"\x00\x00\xc3\x50\x00\x00\xc3\x50"),
            "大きすぎます",
        ),
        ("a.png", PHOTO + b"0" * MAX_BYTES, "大きすぎます"),
    ],
)
def test_a_hostile_file_is_refused_in_plain_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(NotAccepted, match=words):
        validate_content(name, content)


def test_a_file_name_loses_folders_and_keeps_its_end() -> None:
    assert safe_file_name("C:\\fakepath\\../申請書\n.pdf") == "申請書.pdf"
    assert safe_file_name("あ" * 300 + ".pdf").endswith("あ.pdf")
    assert len(safe_file_name("あ" * 300 + ".pdf")) <= 200
