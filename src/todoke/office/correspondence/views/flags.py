"""支援措置: stop flags, visible to and edited by the section that set them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.cases.models import StopFlag
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.correspondence.flag_list import StopFlagList
from todoke.office.correspondence.forms.flags import FlagForm
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the flags of the person's sections, and the form for a new one."""
    if wanted_format(request.GET):
        return list_response(StopFlagList(staff(request)), request)
    return _page(request, FlagForm(user=staff(request)))


@action("office:flags")
def registration(request: HttpRequest) -> str | HttpResponse:
    form = FlagForm(request.POST, user=staff(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    StopFlag.place(by=staff(request), **form.cleaned_data)
    return "登録しました。この人の名前がある案件の通知書とメールは、人が確かめるまで送られません。"


@action("office:flags")
def lifting(request: HttpRequest, token: str) -> str:
    flag = get_object_or_404(StopFlag.objects.visible_to(staff(request)), token=token)
    flag.lift(by=staff(request))
    return "解除しました。"


def _page(request: HttpRequest, form: FlagForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **StopFlagList(staff(request)).page(request.GET).context()}
    return render(request, "office/flags/show.html", context, status=status)
