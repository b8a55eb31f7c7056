"""決裁の入力: forms of approvals and returns."""

from django import forms


class OpinionForm(forms.Form):
    """An approval: the hash of the displayed proposal, and an optional opinion."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    opinion = forms.CharField(label="意見", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    """The reason of an action."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
