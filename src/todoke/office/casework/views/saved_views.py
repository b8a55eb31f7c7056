"""保存した絞り込み: a person keeps the present conditions of the list under a name, and takes them away again."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.cases.models import SavedView
from todoke.office.actions import act
from todoke.office.casework.forms.cases import CaseFilter, SavedViewForm
from todoke.office.casework.views.cases import me


@require_POST
def registration(request: HttpRequest) -> HttpResponse:
    user, form = me(request), SavedViewForm(request.POST)
    query = CaseFilter(QueryDict(request.POST.get("query", "")[:1000]), user).query()
    then = f"{reverse('office:inbox')}?{query}"

    def deed() -> None:
        form.full_clean()
        if name := form.cleaned_data.get("name"):
            SavedView.keep(name, query, by=user)

    return act(request, deed, done="保存しました。一覧の上の「保存した絞り込み」から、いつでも開けます。", then=then)


@require_POST
def removal(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(SavedView.objects.filter(user=me(request)), token=token)
    return act(request, found.delete, done=f"「{found.name}」を消しました。", then=reverse("office:inbox"))
