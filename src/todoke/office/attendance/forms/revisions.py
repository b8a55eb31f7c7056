"""Form of a seal: the revision of the month that the person saw."""

from django import forms


class RevisionForm(forms.Form):
    """How often the month had been written when the page was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
