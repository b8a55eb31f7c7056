"""Input of the cashless page."""

from django import forms


class CountsForm(forms.Form):
    """Counts by channel from another system, such as certificates issued in konbini."""

    file = forms.FileField(
        label="経路別件数の CSV", help_text="見出しは「期間の初日」「期間の末日」「証明書・手続」「経路」「件数」。"
    )
