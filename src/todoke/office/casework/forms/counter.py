"""Forms of counter entry: channel, and legal time of receipt."""

from datetime import datetime
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.cases.models.status import BY_STAFF
from todoke.design.date_fields import DateTimeField
from todoke.federation.models import IdentityCheck

CHANNELS = [choice for choice in Case.Channel.choices if choice[0] in BY_STAFF]


SEEN = [(method.value, method.label) for method in (IdentityCheck.Method.COUNTER, IdentityCheck.Method.DOCUMENT)]


class BeginForm(forms.Form):
    """The channel of the application, and how staff identified the applicant."""

    channel = forms.ChoiceField(label="受付経路", choices=CHANNELS, widget=forms.RadioSelect, initial="counter")
    identified_by = forms.ChoiceField(label="本人確認", choices=[("", "確かめていない"), *SEEN], required=False)


class IdentityCheckForm(forms.Form):
    """The account of a resident whose documents were seen."""

    email = forms.EmailField(label="アカウントのメールアドレス", max_length=254)
    method = forms.ChoiceField(label="確かめ方", choices=SEEN)

    def clean_email(self) -> str:
        self.user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.user is None:
            raise forms.ValidationError("このメールアドレスのアカウントはありません。本人に確かめてください。")
        return str(self.user.email)


class ReceiptForm(forms.Form):
    """The time of receipt, and why it is earlier than today."""

    received_at = DateTimeField(
        label="受け付けた日時",
        help_text="空のときは、いまの時刻です。郵送では、書類が届いた日時を入れてください。",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(
        label="さかのぼる理由",
        help_text="受け付けた日がきょうより前のときに書いてください。",
        max_length=200,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def terms(self) -> dict[str, Any]:
        """Return the keyword arguments of the intake."""
        received: datetime | None = self.cleaned_data["received_at"]
        return {"received_at": received, "reason": self.cleaned_data["reason"], "seen": self.cleaned_data["seen"]}
