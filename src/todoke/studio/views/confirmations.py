"""公開前の確認: requesting a review by a second person, and its result."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from todoke.formbuilder.models import FormReview
from todoke.formbuilder.publication.publish_checks import NotPublishable
from todoke.runtime.refusals import Refused
from todoke.studio.access import designer_of, get_draft


@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    try:
        FormReview.open(get_draft(code), by=designer_of(request), request=request.POST.get("request", "")[:300])
    except NotPublishable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "確認を頼みました。ほかの設計担当の「設計の入口」に出ています。")
    return redirect("studio:publication", code)


@require_POST
def approval(request: HttpRequest, code: str) -> HttpResponse:
    return _answered(request, code, returning=False)


@require_POST
def returning(request: HttpRequest, code: str) -> HttpResponse:
    return _answered(request, code, returning=True)


def _answered(request: HttpRequest, code: str, *, returning: bool) -> HttpResponse:
    review = get_object_or_404(FormReview.objects.waiting().select_related("draft"), draft=get_draft(code))
    comment = request.POST.get("comment", "").strip()[:500]
    if returning and not comment:
        messages.error(request, "差し戻していません。直してほしいところを書いてください。")
        return redirect("studio:publication", code)
    try:
        act = review.return_to_designer if returning else review.approve
        act(by=designer_of(request), comment=comment)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "差し戻しました。" if returning else "確かめたことを記録しました。公開できます。")
    return redirect("studio:publication", code)
