"""Form of the funnel: the period."""

from datetime import date

from django import forms

from todoke.design.date_fields import DateField


class PeriodForm(forms.Form):
    """First and last day, both included."""

    use_required_attribute = False
    since = DateField(label="この日から", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    until = DateField(label="この日まで", widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def period(self, default: tuple[date, date]) -> tuple[date, date]:
        """Return the period; missing or invalid days are those of ``default``."""
        given = self.cleaned_data if self.is_valid() else {}
        return given.get("since") or default[0], given.get("until") or default[1]
