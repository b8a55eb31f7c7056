"""Paper archive 添付書類のまとめ: attached files of chosen cases as one ZIP; names neither meet nor escape."""

import csv
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from todoke.cases.exports.answer_table import BLOCK, form_columns
from todoke.cases.exports.table_files import ZIP_DAY
from todoke.cases.models import AnswerExport, AnswerExportRow
from todoke.file_validation.content_types import SUFFIXES
from todoke.formbuilder.models import Upload
from todoke.spreadsheets.formula_escape import escape

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
LONGEST_NAME = 60
HEADS = ("受付番号", "設問", "何番目", "もとの名前", "ZIP の中の名前", "大きさ", "SHA-256", "備考")
INDEX = "一覧.csv"
STEP = 1 << 20


def safe_part(text: str) -> str:
    """Return a text as one part of a path on any system: no separators, no controls, no dots at its ends."""
    plain = _UNFIT.sub("_", unicodedata.normalize("NFC", "".join(c for c in text if c.isprintable()))).strip(" .")
    if not plain or _RESERVED.match(plain.partition(".")[0]):
        plain = f"_{plain}"
    return plain


def entry_name(number: str, count: int, upload: Upload) -> str:
    """Return the name of a paper in the archive: 2026-000123-X/01_写真.jpg; the count keeps equal names apart."""
    path = PurePosixPath(safe_part(upload.name))
    suffix = SUFFIXES.get(upload.media_type, (path.suffix,))[0]
    stem = path.stem if path.suffix else path.name
    return f"{safe_part(number)}/{count:02d}_{safe_part(stem)[:LONGEST_NAME]}{suffix}"


def write_archive(export: AnswerExport, path: Path, *, progress: Callable[[int], None]) -> int:
    """Write the ZIP of an export, with a list of every paper, and return the number of papers in it.

    What is left out stands in the list with its reason.
    """
    labels = form_columns(export.form).questions()
    rows = list(export.rows.order_by("position").values_list("pk", flat=True))
    index = io.StringIO()
    table = csv.writer(index)
    table.writerow(HEADS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for start in range(0, len(rows), BLOCK):
            for row, papers in _papers(rows[start : start + BLOCK]):
                for line in _written(archive, row, papers, labels):
                    table.writerow([escape(cell) for cell in line])
            progress(min(start + BLOCK, len(rows)))
        written = len(archive.infolist())
        archive.writestr(zipfile.ZipInfo(INDEX, ZIP_DAY), "\ufeff" + index.getvalue())
    return written


def _papers(pks: Sequence[int]) -> Iterator[tuple[AnswerExportRow, list[Upload]]]:
    rows = AnswerExportRow.objects.filter(pk__in=pks).select_related("case").order_by("position")
    found: dict[int, list[Upload]] = {}
    uploads = Upload.objects.current().filter(submission__case__answer_exports__in=pks)
    for upload in uploads.order_by("question", "row", "pk").distinct():
        found.setdefault(upload.submission_id, []).append(upload)
    for row in rows:
        yield row, found.get(row.case.submission_id, [])


def _written(
    archive: zipfile.ZipFile, row: AnswerExportRow, papers: Sequence[Upload], labels: dict[str, str]
) -> Iterator[tuple[object, ...]]:
    """Write the papers of one case, and yield their lines of the list."""
    number = row.case.number
    if row.withheld:
        yield number, "", "", "", "", "", "", "支援措置が登録されている人の案件のため、入れていません"
        return
    for count, upload in enumerate(papers, 1):
        label = labels.get(upload.question, "あとから求めた書類・代理人の書類")
        place = upload.row or ""
        try:
            file = upload.open()
        except FileNotFoundError:
            yield number, label, place, upload.name, "", upload.size, upload.sha256, "ファイルが見つかりません"
            continue
        name = entry_name(number, count, upload)
        with file:
            digest = _copy(archive, name, file)
        remark = "" if digest == upload.sha256 else "受け取ったときの内容と一致しません"
        yield number, label, place, upload.name, name, upload.size, digest, remark


def _copy(archive: zipfile.ZipFile, name: str, file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(zipfile.ZipInfo(name, ZIP_DAY), "w", force_zip64=True) as entry:
        while block := file.read(STEP):
            digest.update(block)
            entry.write(block)
    return digest.hexdigest()
