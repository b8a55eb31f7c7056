"""Forms of the points pages."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.payments.models import PointProgram


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class ProgramForm(forms.ModelForm[PointProgram]):
    """A programme: points, and its period."""

    class Meta:
        model = PointProgram
        fields = ["code", "title", "points", "starts_on", "ends_on", "expires_on"]
        widgets = {"starts_on": _day(), "ends_on": _day(), "expires_on": _day()}


class GrantForm(forms.Form):
    """The recipient: an account, a resident number, or both."""

    email = forms.EmailField(label="利用者のメールアドレス", required=False, help_text="アカウントのある方")
    resident = forms.CharField(
        label="宛名番号",
        max_length=40,
        required=False,
        help_text="わかるときは、アカウントのある方にも入れてください。どちらで付与しても二度目は断れます。番号は読めない形で残ります。",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.user = User.objects.filter(email__iexact=given.get("email") or "-").first()
        if given.get("email") and self.user is None:
            self.add_error("email", "このアドレスの利用者はいません。")
        return given

    def terms(self) -> dict[str, Any]:
        """Return the keyword arguments of the grant."""
        return {"user": self.user, "resident": self.cleaned_data.get("resident", "")}


class CancellationForm(forms.Form):
    """Why a grant is taken back."""

    reason = forms.CharField(label="取り消す理由", max_length=200, help_text="例: 別の方の番号で付与したため")
