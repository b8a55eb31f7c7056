"""Forms of the points pages: programmes, their people, grants, cards."""

from collections.abc import Iterator
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.points.eligible_table import read_people
from todoke.points.models import EligiblePerson, Merchant, PointCard, PointProgram


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class ProgramForm(forms.ModelForm[PointProgram]):
    """The draft of a programme: ground, budget, points, and its days."""

    basis = forms.CharField(
        label="根拠", max_length=200, help_text="例: 令和8年度補正予算、見本区くらし応援事業実施要綱"
    )
    budget_yen = forms.IntegerField(label="予算", min_value=1, help_text="円。これを超えて付与できません")

    class Meta:
        model = PointProgram
        fields = [
            "code", "title", "basis", "points", "budget_yen", "starts_on", "ends_on", "expires_on", "card_daily_cap",
            "running_yen",
        ]  # fmt: skip
        widgets = {"starts_on": _day(), "ends_on": _day(), "expires_on": _day()}


class GrantForm(forms.Form):
    """The person, how they came, and the account where there is one."""

    resident = forms.CharField(label="宛名番号", max_length=40, help_text="番号は読めない形で残ります。")
    way = forms.ChoiceField(
        label="来た方",
        choices=[(EligiblePerson.Way.COUNTER, "本人"), (EligiblePerson.Way.PROXY, "代理の人")],
        widget=forms.RadioSelect,
        initial=EligiblePerson.Way.COUNTER,
    )
    email = forms.EmailField(
        label="利用者のメールアドレス",
        required=False,
        help_text="アカウントのない方は空のままにし、あとでカードを渡します",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.user = User.objects.filter(email__iexact=given.get("email") or "-").first()
        if given.get("email") and self.user is None:
            self.add_error("email", "このアドレスの利用者はいません。")
        return given


class PeopleForm(forms.Form):
    """People who may claim: a table, or the number of one person at the counter."""

    table = forms.FileField(
        label="対象者の表",
        required=False,
        help_text="CSV か Excel。列は「宛名番号」と、年代の数値に使う「生まれた年」(なくても可)",
    )
    number = forms.CharField(label="一人だけ加える(宛名番号)", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("table") and not given.get("number"):
            raise forms.ValidationError("表を選ぶか、宛名番号を入れてください。")
        return given

    def people(self) -> Iterator[tuple[str, int | None]]:
        """Yield the numbers with years of birth. Raises Unreadable."""
        if self.cleaned_data["number"]:
            yield self.cleaned_data["number"], None
        if self.cleaned_data["table"]:
            yield from read_people(self.cleaned_data["table"].read())


class LetterForm(forms.Form):
    """The table of people to whom letters are printed."""

    table = forms.FileField(
        label="手紙を送る方の表",
        help_text="CSV か Excel。「宛名番号」の列がある表。まだ受け取っていない対象者の番号だけを返します。",
    )

    def numbers(self) -> tuple[str, ...]:
        """Return the numbers. Raises Unreadable."""
        return tuple(number for number, _ in read_people(self.cleaned_data["table"].read()))


class ExclusionForm(forms.Form):
    """The kinds of shops in which the points cannot be used."""

    categories = forms.MultipleChoiceField(
        label="使えない業種", choices=Merchant.Category.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class CancellationForm(forms.Form):
    """Why a grant is taken back."""

    reason = forms.CharField(label="取り消す理由", max_length=200, help_text="例: 別の方の番号で付与したため")


class ReplacementForm(forms.Form):
    """Why a card is replaced."""

    reason = forms.ChoiceField(label="替える理由", choices=PointCard.End.choices, widget=forms.RadioSelect)


class BlockForm(forms.Form):
    """Why nothing may be used for now."""

    reason = forms.CharField(label="止める理由", max_length=200, help_text="例: 落としたと電話があったため")
