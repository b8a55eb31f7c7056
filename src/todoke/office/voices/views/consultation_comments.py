"""黒塗り: each text is read by one person, who says what is not published, and by a second one."""

import time

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.voices.consultation_access import comment_of, consultation_of
from todoke.office.voices.consultation_lists import PublicCommentList
from todoke.office.voices.forms.receipts import MaskForm
from todoke.voices.models import PublicComment
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

PAGE = ("office:consultation-comment", "number", "pk")


@require_GET
def show_list(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the texts, the unread ones first."""
    of = consultation_of(request, number)
    rows = PublicCommentList(staff(request), of)
    if wanted_format(request.GET):
        return list_response(rows, request)
    minutes = round((of.comments.aggregate(whole=Sum("seconds"))["whole"] or 0) / 60)
    context = {"of": of, "minutes": minutes, **rows.page(request.GET).context()}
    return render(request, "office/consultations/comments.html", context)


def _form(comment: PublicComment, *data: object) -> MaskForm:
    candidates = comment.candidates()
    masked = {f"{each.start}-{each.end}" for each in comment.masks.all()}
    proposed = [f"{each.start}-{each.end}" for each in candidates]
    chosen = [each for each in proposed if each in masked] if comment.masked_at else proposed
    others = "\n".join(comment.text[each.start : each.end] for each in comment.masks.all()
                       if f"{each.start}-{each.end}" not in proposed)  # fmt: skip
    initial = {"places": chosen, "words": others, "began": int(time.time())}
    return MaskForm(*data, text=comment.text, candidates=candidates, initial=initial)


@require_GET
def show(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show the text with what is proposed and what will be published."""
    comment, person = comment_of(request, number, pk), staff(request)
    waiting = comment.consultation.comments.waiting_for(person).exclude(pk=comment.pk).order_by("pk")
    receipts = list(comment.receipts.order_by("sequence"))
    for each in receipts:
        each.consultation = comment.consultation
    context = {"of": comment.consultation, "comment": comment, "form": _form(comment), "person": person,
               "following": waiting.filter(pk__gt=comment.pk).first() or waiting.first(),
               "receipts": receipts}  # fmt: skip
    return render(request, "office/consultations/comment.html", context)


@action(*PAGE)
def masks(request: HttpRequest, number: str, pk: int) -> str:
    """Say what is not published."""
    comment = comment_of(request, number, pk)
    form = _form(comment, request.POST)
    began = cleaned(form)["began"] or int(time.time())
    comment.mask(form.spans(), by=staff(request), seconds=max(0, int(time.time()) - began))
    return "黒塗りを残しました。次に、別の人が読んで確かめます。"


@action(*PAGE)
def check(request: HttpRequest, number: str, pk: int) -> str:
    """Confirm as the second person."""
    comment_of(request, number, pk).check_masks(by=staff(request))
    return "確かめました。この意見は公表できます。"
