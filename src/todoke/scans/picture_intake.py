"""Picture intake 画像の取込み: several files at once; each that cannot be taken is told, the others are kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.files import File

from todoke.accounts.models import User
from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.file_validation.content_types import MAX_BYTES, validate_content
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused, Unreadable
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.engines.sheet_reader import black_out_numbers, pages_of_pdf
from todoke.scans.models import ScanBatch, ScanSheet, ScanTemplate
from todoke.scans.sheet_files import Picture, check_picture

MOST_OF_A_FILE = 20
LIMITS = ReadLimits(seconds=40, megabytes=600, result_megabytes=200)


@dataclass
class PictureIntake:
    """画像の取込みの結果: how many were added, and a sentence for each that was not."""

    added: int = 0
    said: list[str] = field(default_factory=list)


def add_pictures(batch: ScanBatch, files: Iterable[tuple[str, IO[bytes] | File[Any]]], *, by: User) -> PictureIntake:
    """Add files, each with the name that the person gave it, to a batch; a PDF becomes a sheet per page.

    Raises Refused for a form with a My Number, whose box nobody could black out, and as ``ScanSheet.add`` does.
    """
    template, reads = batch.template, chosen_reader().name == "ppocrv6"
    if template.holds_my_number and not reads:
        raise Refused(
            "この様式には個人番号の欄があります。読取りの部品がないと、保存の前に黒塗りできないので、画像は取り込めません。"
            "窓口・郵送の受付のページで、紙から入力してください。",
            link=path_to("office:counter"),
        )
    found = PictureIntake()
    for name, file in files:
        try:
            for picture in _pictures(file.read(MAX_BYTES + 1), reads=reads):
                _add(batch, name[:60], _blacked_out(picture, template), found, by)
        except Unreadable as refusal:
            found.said.append(f"「{name[:60]}」は取り込みませんでした。{refusal}")
    return found


def _pictures(content: bytes, *, reads: bool) -> Iterator[Picture]:
    """Yield the pages of a file. Raises Unreadable."""
    if reads and validate_content(content) == "application/pdf":
        for page in read_within(LIMITS, pages_of_pdf, content, MOST_OF_A_FILE):
            yield check_picture(page)
    else:
        yield check_picture(content)


def _blacked_out(picture: Picture, template: ScanTemplate) -> Picture:
    """Return a picture whose boxes for My Numbers are black. Raises Unreadable where they cannot be found."""
    if not template.holds_my_number:
        return picture
    page = 1 if template.pages == 1 else 0
    form = (template.key, template.version)
    made = read_within(
        LIMITS, black_out_numbers, picture.content, template.size, template.fields, form, page, picture.suffix
    )
    return check_picture(made)


def _add(batch: ScanBatch, name: str, picture: Picture, found: PictureIntake, by: User) -> None:
    sheet, is_new = ScanSheet.add(batch, picture, by=by)
    found.added += is_new
    if not is_new:
        where = f"外した紙面({sheet.position}枚目)" if sheet.removed_at else str(sheet)
        found.said.append(f"「{name}」は、この束の{where}と同じ画像です。二枚目は取り込みませんでした。")
