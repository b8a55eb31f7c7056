"""連携サービスの入力."""

from django import forms

from todoke.organization.models import Department


class ServiceForm(forms.Form):
    """A service of the city that shall take our sign-in."""

    name = forms.CharField(label="名称", max_length=60)
    department = forms.ModelChoiceField(Department.objects.all(), label="所管の部署")
    return_address = forms.CharField(
        label="戻り先のアドレス",
        max_length=300,
        help_text="https:// ではじまる一つのアドレス。",
    )
    scopes = forms.ChoiceField(
        label="渡すもの",
        choices=[
            ("openid", "このサービスだけの番号"), ("openid profile", "番号と氏名"),
            ("openid profile email", "番号、氏名、メールアドレス"),
        ],
    )  # fmt: skip
