"""オープンデータの入力欄."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField
from todoke.insights.models import Dataset
from todoke.insights.open_data.standard_sets import standard_sets
from todoke.insights.permissions import KEEP_DATASET
from todoke.organization.models import Department

DATE = forms.DateInput(attrs={"type": "date"})


class DatasetForm(forms.ModelForm[Dataset]):
    """データセットの登録"""

    class Meta:
        model = Dataset
        fields = (
            "title", "slug", "description", "department", "set_name", "licence", "frequency", "next_due", "contact",
            "keywords",
        )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = KEEP_DATASET.departments_of(user)
        rows = Department.objects.filter(pk__in=[each.pk for each in own])
        self.fields["department"] = forms.ModelChoiceField(rows, label="所管の部署", initial=own[0] if own else None)
        self.fields["slug"].help_text = "公開するアドレスに使います。英小文字、数字、ハイフンで書き、後から変えません。"
        names = [("", "決まった形はない"), *((name, name) for name in sorted(standard_sets()))]
        self.fields["set_name"] = forms.ChoiceField(label="推奨データセット", choices=names, required=False)
        self.fields["next_due"] = DateField(label="次に更新する日", required=False, widget=DATE)
        self.fields["description"].widget = forms.Textarea(attrs={"rows": 3})


class CheckForm(forms.Form):
    """検査するファイル"""

    file = forms.FileField(
        label="公開するファイル(CSV)",
        help_text="20MBまでです。文字コードは問いません。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv"}),
    )


class ConfirmForm(forms.Form):
    """注意の確認"""

    rule = forms.SlugField(widget=forms.HiddenInput, max_length=4)


class CorrectionForm(forms.Form):
    """区の数値の訂正"""

    month = DateField(label="訂正する月の初日", widget=DATE)
    reason = forms.CharField(label="訂正の理由", max_length=300)
