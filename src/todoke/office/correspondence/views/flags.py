"""支援措置: stop flags, visible to and edited by the section that set them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.cases.models import StopFlag
from todoke.office.casework.views.cases import me
from todoke.office.correspondence.forms.flags import FlagForm
from todoke.office.refusal_messages import act


def show(request: HttpRequest) -> HttpResponse:
    """Show the flags of the person's sections, and the form for a new one."""
    return _page(request, FlagForm(user=me(request)))


@require_POST
def registration(request: HttpRequest) -> HttpResponse:
    form = FlagForm(request.POST, user=me(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    return act(
        request,
        lambda: StopFlag.place(by=me(request), **given),
        done="登録しました。この人の名前がある案件の通知書とメールは、人が確かめるまで送られません。",
        then=reverse("office:flags"),
    )


@require_POST
def lifting(request: HttpRequest, token: str) -> HttpResponse:
    flag = get_object_or_404(StopFlag.objects.visible_to(me(request)).distinct(), token=token)
    return act(request, lambda: flag.lift(by=me(request)), done="解除しました。", then=reverse("office:flags"))


def _page(request: HttpRequest, form: FlagForm, status: int = 200) -> HttpResponse:
    flags = StopFlag.objects.visible_to(me(request)).select_related("department", "placed_by").distinct()
    in_force = set(flags.in_force().values_list("pk", flat=True))
    return render(
        request, "office/flags/show.html", {"form": form, "flags": flags, "in_force": in_force}, status=status
    )
