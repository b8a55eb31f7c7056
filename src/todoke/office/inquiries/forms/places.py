"""臨時休館の入力: from when until when a place is closed, and the reason that residents read."""

from django import forms

from todoke.places.models import PlaceClosure


class ClosureForm(forms.ModelForm[PlaceClosure]):
    """Days on which a place is closed."""

    class Meta:
        model = PlaceClosure
        fields = ("starts_on", "ends_on", "reason")
        help_texts = {"reason": "住民のページにこのまま出ます。例: 設備の点検のため"}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
