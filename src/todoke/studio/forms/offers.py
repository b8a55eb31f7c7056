"""Forms of the service pages: offers and opening times."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.design.bound_choices import set_choices
from todoke.offers.models import Offer
from todoke.organization.models import Department
from todoke.procedures.models import Procedure


class OfferForm(forms.Form):
    """The procedure to offer online, chosen among those found by words, and a short name for the address."""

    use_required_attribute = False
    number = forms.ChoiceField(
        label="手続",
        widget=forms.RadioSelect,
        error_messages={
            "required": "手続を選んでください。",
            "invalid_choice": "この番号の手続は台帳にありません。言葉でさがし直してください。",
        },
    )
    code = forms.SlugField(
        label="アドレスに使う短い名前", max_length=50, required=False,
        help_text="半角の英小文字・数字・ハイフン。空けておくと、自動で付けます。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, found: Sequence[Procedure] = ()) -> None:
        super().__init__(data, initial={"number": found[0].number} if len(found) == 1 else {})
        set_choices(self, "number", [(each.number, _described(each)) for each in found])
        self.known = {each.number: each for each in found}

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        self.procedure = self.known[number]
        if self.procedure.department is None:
            edit = reverse("office:procedure-edit", args=[number])
            said = 'この手続は所管部署が決まっていません。先に<a href="{}">台帳で所管部署を選んで</a>ください。'
            raise forms.ValidationError(format_html(said, edit))
        return number

    def clean_code(self) -> str:
        number = str(self.cleaned_data.get("number", "")).lower()
        code = str(self.cleaned_data["code"]) or number
        if Offer.objects.filter(code=code).exists():
            raise forms.ValidationError("この公開コードは使われています。別の名前にしてください。")
        return code

    @property
    def section(self) -> Department | None:
        """The department of the procedure, which the offer becomes that of."""
        return self.procedure.department

    def add(self) -> Offer:
        """Create the offer; it opens with its first release."""
        opened = {"opens_at": timezone.now(), "department": self.section}
        return Offer.objects.create(code=self.cleaned_data["code"], procedure=self.procedure, **opened)


def _described(procedure: Procedure) -> SafeString:
    """Return what people call a procedure, and below it its legal name, its basis and its department."""
    below = [procedure.title if procedure.plain_name else "", procedure.law, str(procedure.department or "所管は未定")]
    name = procedure.plain_name or procedure.title
    return format_html('{}<br><span class="hint">{}</span>', name, "・".join(part for part in below if part))


class WordsForm(forms.ModelForm[Procedure]):
    """What residents call a procedure, and the words by which they look for it."""

    class Meta:
        model = Procedure
        fields = ["plain_name", "search_words"]


class ScheduleForm(forms.ModelForm[Offer]):
    """When applications are accepted, and how many."""

    reason = forms.CharField(label="変更の理由", max_length=200)

    class Meta:
        model = Offer
        fields = ["opens_at", "closes_at", "capacity"]
        widgets = {
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
