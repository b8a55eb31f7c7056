"""保存した絞り込み: a person keeps the present conditions of a list under a name, and takes them away again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from todoke.lists.saved_views import drop_view, save_view
from todoke.studio.list_names import LISTS
from todoke.web.permission_check import staff


@require_POST
def registration(request: HttpRequest) -> HttpResponse:
    return redirect(save_view(request, LISTS, staff(request)))


@require_POST
def removal(request: HttpRequest, token: str) -> HttpResponse:
    return redirect(drop_view(request, LISTS, staff(request), token))
