"""Content types 添付の検査: validates an uploaded file by its content; its name follows, and decides nothing."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from django.utils.translation import gettext as _

from todoke.file_validation.office_documents import EXCEL, WORD, UnsafeOfficeDocument, office_type
from todoke.file_validation.pdf_structure import ACTIVE, LOCKED, UNCHECKED, names_in
from todoke.runtime.refusals import Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 100_000_000
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "image/webp": (".webp",),
    WORD: (".docx",),
    EXCEL: (".xlsx",),
}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
ACCEPT = ",".join((*SUFFIXES, *(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)))
_STOWAWAYS = re.compile(rb"PK\x03\x04|PK\x05\x06|<script|<\?php|<html|%PDF-|MZ\x90\x00", re.IGNORECASE)
_PHOTO = "写真(JPEG・PNG・HEIC)またはPDFを選んでください。"


class NotAccepted(Unreadable):
    """受け取れない書類: the message says why, and what to do."""


def fitting_name(name: str, media_type: str) -> str:
    """Return a file name that ends as its content does: 写真.jpg of a HEIC photo becomes 写真.heic."""
    path = PurePath(name)
    if path.suffix.lower() in SUFFIXES[media_type]:
        return name
    known = {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}
    stem = path.stem if path.suffix.lower() in known else name.rstrip(".")
    return f"{stem or 'file'}{SUFFIXES[media_type][0]}"


def validate_content(content: bytes) -> str:
    """Return the media type of an accepted file. Raises NotAccepted with the reason and what to do."""
    if not content:
        raise NotAccepted(
            _("このファイルは中身が空です(0バイト)。もとのファイルを開いて確かめ、もう一度選んでください。")
        )
    if len(content) > MAX_BYTES:
        raise NotAccepted(
            _(
                "ファイルが大きすぎます(%(size)sMB)。%(most)dMB以下にしてください。写真は、画質を下げるか、一枚ずつ添付してください。"
            )
            % {"size": f"{len(content) / 1024 / 1024:.1f}", "most": MAX_BYTES // 1024 // 1024}
        )
    if office := _office_of(content):
        return office
    found = "application/pdf" if _pdf_of(content) else _photo_of(content)
    if found not in SUFFIXES:
        raise NotAccepted(f"{_('この種類のファイルは受け取れません(中身が写真やPDFではありません)。')}{_(_PHOTO)}")
    if found == "application/pdf":
        _inspect_pdf(content)
    else:
        _inspect_photo(found, content)
    return found


def _office_of(content: bytes) -> str:
    """Return the media type of a Word or Excel file that is safe to open; empty for anything else."""
    try:
        return office_type(content)
    except UnsafeOfficeDocument as unsafe:
        raise NotAccepted(
            f"この文書は受け取れません({unsafe})。PDFに保存し直すか、マクロやリンクのない形で保存し直してください。"
        ) from unsafe


def _pdf_of(content: bytes) -> bytes:
    """Return a PDF without the blanks that readers pass over before and behind it; empty for anything else."""
    plain = content.strip(b"\0 \t\r\n\f\x1a")
    return plain if plain.startswith(b"%PDF-") else b""


def _photo_of(content: bytes) -> str:
    """Return the media type of a photo by its first bytes; empty for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS else ""


def _inspect_pdf(content: bytes) -> None:
    if b"%%EOF" not in _pdf_of(content)[-2048:]:
        raise NotAccepted(_("PDFが途中で切れているか、壊れています。もう一度保存し直したPDFを選んでください。"))
    if b"PK\x05\x06" in content[-66000:] or re.search(rb"<script|<\?php|<html", content[:1024], re.IGNORECASE):
        raise NotAccepted(
            _("PDFの中に別の種類のファイルが入っています。印刷してPDFに保存し直したものを選んでください。")
        )
    names = names_in(content)
    if LOCKED in names:
        raise NotAccepted(_("パスワード付きのPDFは開けません。パスワードを外したPDFを選んでください。"))
    if names & {*ACTIVE, UNCHECKED}:
        raise NotAccepted(
            _("動く仕掛けや添付の入ったPDFは受け取れません。印刷してPDFに保存し直したものを選んでください。")
        )


def _inspect_photo(found: str, content: bytes) -> None:
    body, tail = content, b""
    if found == "image/png":
        end = content.find(b"IEND\xaeB`\x82")
        if end < 0:
            raise NotAccepted(_("写真が途中で切れています。撮り直すか、もとの写真を選び直してください。"))
        body, tail = content[: end + 8], content[end + 8 :]
    elif found == "image/jpeg":
        end = content.rfind(b"\xff\xd9")
        if end < 0:
            raise NotAccepted(_("写真が途中で切れています。撮り直すか、もとの写真を選び直してください。"))
        tail = content[end + 2 :]
    if (
        _STOWAWAYS.search(tail)
        or re.search(rb"<script|<\?php|<html", body, re.IGNORECASE)
        or b"PK\x05\x06" in content[-66000:]
    ):
        raise NotAccepted(_("写真の中に別の種類のファイルが入っています。撮り直した写真を選んでください。"))
    width, height = image_size(found, content)
    if width * height > MAX_PIXELS:
        raise NotAccepted(
            _("写真の縦横が大きすぎます(%(width)d×%(height)dピクセル)。小さくした写真を選んでください。")
            % {"width": width, "height": height}
        )


def image_size(found: str, content: bytes) -> tuple[int, int]:
    """Return width and height in pixels from the header, without decoding; (0, 0) when unknown."""
    if found == "image/png":
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    place = 2
    while found == "image/jpeg" and place + 9 < len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return (
                int.from_bytes(content[place + 7 : place + 9], "big"),
                int.from_bytes(content[place + 5 : place + 7], "big"),
            )
        place += 2 + length
    return 0, 0
