"""Case papers 案件の書類: taken one by one; those of a person under a stop flag only with a reason, and recorded."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from todoke.audit.data_exports import Export
from todoke.cases.models import Case
from todoke.cases.models.stop_flag import is_flagged
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
    return export(request, what, read, facts, media_type=media_type)
