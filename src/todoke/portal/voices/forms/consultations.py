"""意見募集: the form of an opinion, without an account; a name only where the rule asks for one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.cases.models.tokens import new_token
from todoke.voices.models import Clause, Consultation, Sender
from todoke.voices.models.comment_receipt import LIMIT

KINDS = {
    Sender.Kind.UNKNOWN: _("答えない"),
    Sender.Kind.RESIDENT: _("区内に住む人"),
    Sender.Kind.WORKER: _("区内で働く人"),
    Sender.Kind.PUPIL: _("区内の学校に通う人"),
    Sender.Kind.OFFICE: _("区内に事務所がある人・団体"),
    Sender.Kind.TAXPAYER: _("区に納税する義務がある人"),
    Sender.Kind.INTERESTED: _("そのほか関係がある人"),
}


class OpinionForm(forms.Form):
    """An opinion on the draft or on one clause of it."""

    clause = forms.ChoiceField(label=_("どの段落への意見ですか"), required=False)
    text = forms.CharField(
        label=_("ご意見"), max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("名前や電話番号、個人番号は書かないでください。公開するときは、個人が分かるところを伏せます。"),
        error_messages={"required": _("ご意見を書いてください。")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("あなたについて"), required=False, choices=list(KINDS.items()))
    name = forms.CharField(label=_("お名前"), max_length=100, help_text=_("公表しません。"))
    mail = forms.EmailField(
        label=_("受付番号と結果を知らせるメールアドレス"),
        required=False,
        help_text=_("公表しません。届いたことと結果のお知らせだけに使います。"),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, *args: Any, of: Consultation, clauses: list[Clause], whole: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": new_token(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        choices = [("", whole), *((each.key, str(each)) for each in clauses)]
        self.fields["clause"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not of.rule.name_required:
            del self.fields["name"]

    def sender(self) -> dict[str, str]:
        """Return what the register keeps of the sender."""
        return {key: self.cleaned_data[key] for key in ("kind", "name", "mail") if self.cleaned_data.get(key)}
