"""決裁の入力: what people choose and write about proposals."""

from django import forms


class OpinionForm(forms.Form):
    """An approval: the hash of what was on the screen, and words if there are any."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    opinion = forms.CharField(label="意見", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    """An act that says why."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
