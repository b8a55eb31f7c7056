"""Form of the cashless page."""

from django import forms


class CountsForm(forms.Form):
    """A file of counts by channel from another system."""

    file = forms.FileField(
        label="経路別件数の CSV", help_text="見出しは「期間の初日」「期間の末日」「証明書・手続」「経路」「件数」。"
    )
