"""公開前の確認: requesting a review by a second person, and its result."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.formbuilder.models import FormReview
from todoke.runtime.refusals import Conflict, Unreadable
from todoke.studio.access import get_draft
from todoke.web.actions import action
from todoke.web.permission_check import staff


@action("studio:publication", "code")
def ask(request: HttpRequest, code: str) -> str:
    FormReview.open(get_draft(code), by=staff(request), request=request.POST.get("request", "")[:300])
    return "確認を頼みました。ほかの設計担当の「設計の入口」に出ています。"


def _waiting(request: HttpRequest, code: str) -> FormReview:
    """Return the request that waits. Raises Http404; Conflict where the person read an earlier one."""
    found = get_object_or_404(FormReview.objects.waiting().select_related("draft"), draft=get_draft(code))
    if request.POST.get("hash", found.hash) != found.hash:
        raise Conflict("様式案がそのあとで変わり、確認が頼み直されました。もう一度読んで確かめてください。")
    return found


@action("studio:publication", "code")
def approval(request: HttpRequest, code: str) -> str:
    _waiting(request, code).approve(by=staff(request), comment=request.POST.get("comment", "").strip()[:500])
    return "確かめたことを記録しました。公開できます。"


@action("studio:publication", "code")
def returning(request: HttpRequest, code: str) -> str:
    """Return a draft to its designer. Raises Unreadable without a comment."""
    review, comment = _waiting(request, code), request.POST.get("comment", "").strip()[:500]
    if not comment:
        raise Unreadable("差し戻していません。直してほしいところを書いてください。")
    review.return_to_designer(by=staff(request), comment=comment)
    return "差し戻しました。"
