"""職員名簿の入力."""

from django import forms

from todoke.design.date_fields import DateField


class StaffFileForm(forms.Form):
    """A table of staff, the day from which it holds, and what becomes of whoever is missing."""

    use_required_attribute = False
    file = forms.FileField(
        label="職員名簿(Excel または CSV)",
        help_text="見出しは、下の「名簿のひな形」と同じにしてください。順番は自由です。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    on = DateField(label="着任日", help_text="着任日の列が空いている行は、この日から職位に就きます。")
    ends_absent = forms.BooleanField(
        label="名簿にある部署で、名簿にいない職員は、この日の前日で離任にする",
        required=False,
        help_text="四月の異動で、新しい名簿をまるごと読み込むときに選びます。だれが離任するかは、次の画面に出ます。",
    )
