"""Form of a monthly statement 月報."""

from django import forms

from todoke.insights.models import StatementLayout


class StatementForm(forms.Form):
    """A statement and the layout by which it is read."""

    layout = forms.ModelChoiceField(StatementLayout.objects.all(), label="月報の列")
    file = forms.FileField(label="月報", help_text="CSV か Excel。同じ月をもう一度取り込むと、置き換わります。")
