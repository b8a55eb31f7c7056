"""Case papers 案件の書類: taken one by one; those of a person under a stop flag only with a reason, and recorded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from todoke.audit.data_exports import Export
from todoke.cases.models import Case
from todoke.cases.models.stop_flag import is_flagged
from todoke.formbuilder.models import Upload
from todoke.web.downloads import PDF, Content, Takeable, export, take
from todoke.web.permission_check import staff

CAUTION = (
    "この案件には、支援措置が登録されている人の名前があります。住所や連絡先が、ほかの人に渡らないようにしてください。"
    "写しは、使い終わったら消してください。"
)


def take_paper(
    request: HttpRequest, case: Case | None, what: Takeable, read: Callable[[], Content], name: str, title: str,
    *, media_type: str = PDF, inline: bool = False,
) -> HttpResponseBase:  # fmt: skip
    """Return a paper of a case, if it is of one; where the case names a person under a stop flag, ask for a reason.

    Raises as ``require_taking`` of what is taken does.
    """
    if case is None or not is_flagged(case):
        return take(what, read, name, by=staff(request), media_type=media_type, inline=inline)
    facts = Export(
        f"{title} {case.number}", name, 1, "pdf" if media_type == PDF else "file", 1, "支援措置のある案件",
        caution=CAUTION, subject=case, back=reverse("office:case", args=[case.number]),
    )  # fmt: skip
    return export(request, what, read, facts, media_type=media_type, inline=inline)


@dataclass(frozen=True)
class Paper:
    """書類: an attached file as a page shows it; ``address`` is empty where it is gone.

    A picture is shown in the page, a PDF opened by the browser; neither is stored on the machine.
    """

    name: str
    size: int = 0
    address: str = ""
    is_picture: bool = False
    is_viewable: bool = False


def papers_of(uploads: Iterable[Upload], address: Callable[[str], str], *, protected: bool) -> list[Paper]:
    """Return attached files with their ``address`` by token; of a protected person none is shown without a reason."""
    return [
        Paper(
            upload.name, upload.size, address(upload.token), upload.can_be_shown and not protected,
            upload.can_be_shown or upload.media_type == PDF,
        )
        for upload in uploads
    ]  # fmt: skip


def take_upload(
    request: HttpRequest, case: Case, upload: Upload, what: Takeable, seen: Callable[[], None]
) -> HttpResponseBase:
    """Return an attached file to be looked at in the browser, or to be saved where ``save`` is asked for.

    ``seen`` records the view. Raises as ``take_paper`` does.
    """

    def read() -> IO[bytes]:
        seen()
        return upload.open()

    inline = "save" not in request.GET and (upload.can_be_shown or upload.media_type == PDF)
    return take_paper(request, case, what, read, upload.name, "添付書類", media_type=upload.media_type, inline=inline)
