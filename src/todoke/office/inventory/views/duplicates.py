"""重複の候補: possible duplicates side by side, for a person to decide."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.casework.views.cases import me
from todoke.office.inventory.duplicate_list import ResemblanceList
from todoke.office.refusal_messages import act
from todoke.organization.models import Post
from todoke.organization.permissions import has_role
from todoke.procedures import duplicates
from todoke.procedures.models import Resemblance


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """What nobody has judged yet, the most alike first; of one department if it is chosen."""
    user = me(request)
    pairs = ResemblanceList(user)
    if wanted_format(request.GET):
        return list_response(pairs, request.GET)
    context = {"leads": has_role(user, Post.Role.HEADQUARTERS), **pairs.page(request.GET).context()}
    return render(request, "office/resemblances/list.html", context)


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Search for similar titles."""
    user, then = me(request), reverse("office:resemblances")
    return act(
        request,
        lambda: messages.success(request, f"{duplicates.propose(by=user):,}組が新しく見つかりました。"),
        done="",
        then=then,
    )


@require_POST
def verdict(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Record that two procedures are the same, or different."""
    pairs = Resemblance.objects.select_related("first__department", "second__department")
    pair, user = get_object_or_404(pairs, first__number=first, second__number=second), me(request)
    said = "same" if request.POST.get("verdict") == "same" else "different"
    done = f"{second}に廃止日を入れました。" if said == "same" else "別の手続として残しました。"
    return act(request, lambda: duplicates.judge(pair, said, by=user), done=done, then=reverse("office:resemblances"))
