"""Form of a broadcast: text, events, and time."""

from django import forms

from todoke.design.date_fields import DateTimeField
from todoke.guidance.models import LifeEvent


class BroadcastForm(forms.Form):
    """Text, audience and time of a broadcast."""

    subject = forms.CharField(label="件名", max_length=100)
    body = forms.CharField(label="本文", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    events = forms.ModelMultipleChoiceField(
        LifeEvent.objects.all(), label="受け取る人が選んだこと", to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text="マイページの「お知らせの設定」で、このどれかを選んだ人にだけ届きます。",
    )  # fmt: skip
    send_at = DateTimeField(
        label="送信する日時", help_text="それまでは取りやめられます。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
