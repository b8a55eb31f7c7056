"""Judge 判定: what somebody got by a replayed request, told from its outcome and never from its status alone."""

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from todoke.proving.browser import FetchedPage
from todoke.proving.rights.canaries import canaries_in, matter_of
from todoke.proving.rights.recorded_requests import RecordedRequest, Scope, Success
from todoke.proving.rights.row_changes import RowChange
from todoke.proving.synthetic_users.leak_detector import pdf_text

NOTICE = re.compile(r'class="notice[^"]{0,200}" role="status">([^<]{1,2000})<')
PAGES = ("text/html", "application/json", "text/plain")


@dataclass(frozen=True)
class Outcome:
    """結果: canaries read, rows changed, and whether a file was given out, that should not have been."""

    canaries: tuple[str, ...] = ()
    rows: tuple[RowChange, ...] = ()
    file: str = ""

    @property
    def is_pass(self) -> bool:
        """Whether somebody got through."""
        return bool(self.canaries or self.rows or self.file)

    def words(self) -> str:
        """Return what was got, in Japanese."""
        said = [f"{canary} が見えた" for canary in self.canaries[:1]]
        said += [f"{change.table} {change.row} が変わった({change.kind})" for change in self.rows[:2]]
        return "、".join([*said, *([f"ファイル {self.file}"] if self.file else [])])


def text_of(page: FetchedPage) -> str:
    """Return everything readable in an answer: the page, the text of a PDF, the members of a ZIP or workbook."""
    if page.body.startswith(b"%PDF"):
        return pdf_text(page.body)
    if page.body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(page.body)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return "\n".join(
            pdf_text(part) if part.startswith(b"%PDF") else part.decode(errors="replace") for part in parts
        )
    return page.text


def file_name(page: FetchedPage) -> str:
    """Return what kind of file an answer is, or "" for a page or a refusal."""
    kind = page.headers.get("content-type", "").partition(";")[0]
    attached = "filename" in page.headers.get("content-disposition", "")
    return kind if page.status == 200 and page.body and (attached or kind not in PAGES) else ""


def told(page: FetchedPage) -> str:
    """Return what a page says to whoever sent it, such as why nothing was done."""
    return "、".join(found.strip() for found in NOTICE.findall(page.text))


def judge(
    request: RecordedRequest, answer: FetchedPage, changed: Collection[RowChange], *, matters: Collection[int] = ()
) -> Outcome:
    """Return what a replay got beyond what its sender typed, may see (``matters``) and may begin of their own."""
    text = text_of(answer)
    read = {canary for canary in canaries_in(text) if matter_of(canary) not in matters} - request.typed()
    read |= {request.shows} if request.shows and request.shows in text else set()
    if request.scope is Scope.OWN:
        return Outcome(tuple(sorted(read)), tuple(change for change in changed if change.kind != "added"))
    return Outcome(tuple(sorted(read)), tuple(changed), file_name(answer))


def succeeded(request: RecordedRequest, answer: FetchedPage, changed: Collection[RowChange]) -> bool:
    """Whether the honest request did what it was for; a proof that cannot see this sees nothing."""
    if request.success is Success.ROWS:
        return bool(changed)
    if request.success is Success.FILE:
        return bool(file_name(answer))
    text = text_of(answer)
    return answer.status == 200 and (
        request.shows in text if request.shows else bool(canaries_in(text) - request.typed())
    )
