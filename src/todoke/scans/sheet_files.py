"""Sheet files 紙面のファイル: what somebody brings as scanned sheets, checked before anything opens it."""

from dataclasses import dataclass

from todoke.file_validation.content_types import SUFFIXES, NotAccepted, image_size, validate_content
from todoke.file_validation.photo_metadata import without_metadata

TAKEN = ("image/jpeg", "image/png")
LEAST_PIXELS = 600


@dataclass(frozen=True)
class Picture:
    """紙面の画像: a picture without metadata, with its size in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """The ending of its file."""
        return SUFFIXES[self.media_type][0]


def check_picture(content: bytes) -> Picture:
    """Return a picture as it is stored. Raises NotAccepted with what to do: another kind, broken, or too small."""
    media_type = validate_content(content)
    if media_type not in TAKEN:
        raise NotAccepted("紙面の画像は、JPEG か PNG にしてください。スキャナーの設定で選べます(200dpi以上)。")
    plain = without_metadata(content)
    width, height = image_size(media_type, plain)
    if min(width, height) < LEAST_PIXELS:
        raise NotAccepted(
            f"画像が小さすぎます({width}×{height}画素)。A4なら200dpi(1654×2339画素)以上でスキャンしてください。"
        )
    return Picture(plain, media_type, width, height)
