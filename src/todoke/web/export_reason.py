"""Export reason 持出しの理由: asked on the way, before a file with the data of several persons leaves."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from todoke.audit.data_exports import Export
from todoke.web.read_only import WRITES_NOTHING

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
OTHER = "other"
PHRASES = {
    "decision": "審査・決定の事務",
    "posting": "通知書の印刷・発送",
    "contact": "申請者への連絡",
    "report": "統計・報告の作成",
    "audit": "監査・検査・議会への対応",
    "handover": "引継ぎ",
    OTHER: "その他",
}
"""Ready phrases, by the key that a page posts."""


class ExportReasonForm(forms.Form):
    """持出しの理由: one ready phrase, and words of one's own, which "その他" needs."""

    phrase = forms.ChoiceField(
        label="理由", choices=list(PHRASES.items()), widget=forms.RadioSelect,
        error_messages={"required": "どれか一つを選んでください。"},
    )  # fmt: skip
    words = forms.CharField(
        label="くわしい理由", max_length=200, required=False,
        help_text="「その他」のときは必ず書きます。申請者の名前や番号は書きません。例: 9月議会の資料のため",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the fields; says it on the words where "その他" stands alone."""
        given = super().clean() or {}
        if given.get("phrase") == OTHER and not given.get("words", "").strip():
            self.add_error("words", "「その他」を選んだときは、何のためかを書いてください。")
        return given

    @property
    def reason(self) -> str:
        """The reason as it is recorded: 通知書の印刷・発送(9月分)."""
        phrase, words = str(self.cleaned_data["phrase"]), str(self.cleaned_data["words"]).strip()
        if phrase == OTHER:
            return words
        return f"{PHRASES[phrase]}({words})" if words else PHRASES[phrase]


def asks_reason(view: View[P]) -> View[P]:
    """Let a view answer a POST beside GET: the same address, with the reason that its page asked for.

    Such a POST changes nothing and leaves an entry; it is answered in read-only mode too.
    """
    taken = require_http_methods(["GET", "POST"])(view)
    setattr(taken, WRITES_NOTHING, True)
    return taken


def reason_page(request: HttpRequest, exported: Export) -> tuple[HttpResponse | None, str]:
    """Return the page that asks for the reason, or none and the reason that was posted."""
    form = ExportReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return None, form.reason
    context = {"form": form, "exported": exported, "again": request.get_full_path()}
    return render(request, "design/export_reason.html", context, status=422 if form.errors else 200), ""
