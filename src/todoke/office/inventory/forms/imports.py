"""Forms of the import pages."""

from django import forms

from todoke.procedures.models import ImportRun


class ImportForm(forms.Form):
    """An inventory file."""

    use_required_attribute = False
    file = forms.FileField(
        label="CSV または Excel(.xlsx)のファイル",
        help_text="国の調査(R6・R7)の様式と、この台帳から書き出したファイルを読めます。文字コードは自動で見分けます。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class ModeForm(forms.Form):
    """How to import a file that has defects."""

    use_required_attribute = False
    mode = forms.ChoiceField(
        label="取り込み方",
        choices=ImportRun.Mode.choices,
        initial=ImportRun.Mode.ALL_OR_NOTHING,
        widget=forms.RadioSelect,
    )
