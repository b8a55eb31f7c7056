"""重複の候補: possible duplicates side by side, for a person to decide."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.office.actions import act
from todoke.office.casework.views.cases import me
from todoke.organization.models import Department, Post
from todoke.organization.permissions import has_role
from todoke.procedures import duplicates
from todoke.procedures.models import Resemblance

SHOWN = 50


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """What nobody has judged yet, the most alike first; of one department if it is chosen."""
    waiting = Resemblance.objects.filter(verdict="", first__abolished_on=None, second__abolished_on=None)
    if code := request.GET.get("department", ""):
        waiting = waiting.filter(Q(first__department__code=code) | Q(second__department__code=code))
    rows = waiting.select_related("first__department", "second__department")
    sections = Department.objects.filter(procedures__isnull=False).distinct()
    context = {
        "rows": rows[:SHOWN], "number": waiting.count(), "department": code, "sections": sections,
        "judged": Resemblance.objects.exclude(verdict="").count(),
        "leads": has_role(me(request), Post.Role.HEADQUARTERS),
    }  # fmt: skip
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
