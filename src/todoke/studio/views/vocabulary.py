"""さがす言葉: synonyms, plain names and referrals, by which residents find a procedure."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.guidance.models import VocabularyEntry
from todoke.guidance.permissions import EDIT_VOCABULARY
from todoke.lists.list_page import list_page
from todoke.lists.row_list import RowList
from todoke.studio.forms.vocabulary import FORMS
from todoke.studio.vocabulary_lists import PlainNameList, ReferralList, SynonymList
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

KINDS: dict[str, type[RowList[Any]]] = {each.name: each for each in (SynonymList, PlainNameList, ReferralList)}
LEADS = {
    "synonyms": "住民の言葉を、手続の名称にある言葉へ言い換えます。保存すると、すぐに検索に効きます。",
    "plain-names": "手続の正式な名称の上に出す、ふだんの呼び名です。検索にも効きます。",
    "referrals": "手続一覧にないものを、どこへ案内するかです。検索結果のいちばん上に出ます。",
}


def _list(request: HttpRequest, kind: str) -> HttpResponseBase:
    shown = KINDS[kind](staff(request))
    tabs = [(each.title, each(shown.user).path(), name == kind) for name, each in KINDS.items()]
    context = {"kind": kind, "lead": LEADS[kind], "tabs": tabs, "heading": shown.title}
    return list_page(request, shown, "studio/vocabulary/index.html", context)


@require_GET
def synonyms(request: HttpRequest) -> HttpResponseBase:
    return _list(request, "synonyms")


@require_GET
def plain_names(request: HttpRequest) -> HttpResponseBase:
    return _list(request, "plain-names")


@require_GET
def referrals(request: HttpRequest) -> HttpResponseBase:
    return _list(request, "referrals")


def _found(kind: str, number: int | None) -> VocabularyEntry | None:
    if kind not in FORMS:
        raise Http404
    model: Any = FORMS[kind]._meta.model
    return None if number is None else get_object_or_404(model, pk=number)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, kind: str, number: int | None = None) -> HttpResponse:
    """Show the form of a row or of a new one, and save it."""
    user, found = staff(request, EDIT_VOCABULARY), _found(kind, number)
    form = FORMS[kind](request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            form.instance.keep(by=user)
            messages.success(request, f"「{form.instance}」を保存しました。住民の検索に、すぐに効きます。")
            return redirect(f"studio:{kind}")
    shown = KINDS[kind]
    context = {"form": form, "kind": kind, "row": found, "list": f"studio:{kind}", "title": shown.title}
    return render(request, "studio/vocabulary/entry.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, kind: str, number: int) -> str:
    return KINDS[kind](staff(request)).path()


@action(_back)
def removal(request: HttpRequest, kind: str, number: int) -> str:
    by, found = staff(request, EDIT_VOCABULARY), _found(kind, number)
    if found is None:
        raise Http404
    found.remove(by=by)
    return f"「{found}」を消しました。消した人と言葉は、監査の記録に残っています。"
