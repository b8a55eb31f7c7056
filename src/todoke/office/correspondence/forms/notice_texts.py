"""通知の文面の入力."""

from django import forms

from todoke.design.date_fields import DateField


class NoticeTextForm(forms.Form):
    """Subject and body of a notice, and the day from which they hold."""

    use_required_attribute = False
    subject = forms.CharField(label="件名", max_length=200)
    body = forms.CharField(label="本文", max_length=8000, widget=forms.Textarea(attrs={"rows": 16}))
    starts_on = DateField(label="使い始める日", help_text="この日から先に書かれるメールに使います。")
