"""電話・手紙で知らせる人: whom no mail reaches, what to say to each, and who has done it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.reception.manual_notice_list import ManualNoticeList
from todoke.reception import manual_notices
from todoke.reception.models import ManualNotice
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show whom one's sections have to call or write to."""
    return list_page(request, ManualNoticeList(staff(request)), "office/manual_notices/index.html")


def _notice(request: HttpRequest, pk: int) -> ManualNotice:
    rows = ManualNotice.objects.visible_to(staff(request)).select_related("department", "booking", "told_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what to say to one person, as words to read at the telephone and as a letter to print."""
    context = {"notice": _notice(request, pk), "ways": ManualNotice.Way.choices}
    return render(request, "office/manual_notices/show.html", context)


@action(lambda request, pk: reverse("office:manual-notice", args=[pk]))
def telling(request: HttpRequest, pk: int) -> str:
    """Note by which way the person was told."""
    notice = _notice(request, pk)
    manual_notices.settle(notice, request.POST.get("way", ""), by=staff(request))
    return f"{notice.name} に{notice.get_way_display()}で知らせたことを記録しました。"
