"""部署・職位・在任の入力."""

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField
from todoke.federation.models import FactorEnrolment
from todoke.organization.models import Department, Post


class DepartmentForm(forms.Form):
    """A new department."""

    code = forms.SlugField(label="部署コード", max_length=20)
    name = forms.CharField(label="名称", max_length=100)
    parent = forms.ModelChoiceField(Department.objects.all(), label="上位の部署", required=False)
    phone = forms.CharField(label="電話番号", max_length=20, required=False)


class ContactForm(forms.ModelForm[Department]):
    """Where and when a department is found, as its public pages say it."""

    class Meta:
        model = Department
        fields = ("phone", "address", "hours", "directions")


class PostForm(forms.Form):
    """A new post of a department."""

    title = forms.CharField(label="職名", max_length=50)
    role = forms.ChoiceField(label="役割", choices=Post.Role.choices, help_text="できることは、役割で決まります。")


class TenureForm(forms.Form):
    """The holder of a post, and the period."""

    email = forms.EmailField(label="職員のメールアドレス", help_text="登録済みの利用者のアドレス。")
    starts_on = DateField(label="着任日")
    ends_on = DateField(label="離任日", required=False, help_text="決まっていなければ、空けておきます。")

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError("このアドレスの利用者はいません。先に利用者の登録をしてください。")
        return found


class LeavingForm(forms.Form):
    """The last day of a tenure, identified by person and first day."""

    email = forms.EmailField(label="職員のメールアドレス", widget=forms.HiddenInput)
    starts_on = DateField(label="着任日", widget=forms.HiddenInput)
    ends_on = DateField(label="離任日")


class EnrolmentForm(forms.Form):
    """Why a colleague gets an enrolment, and how the administrator made sure who it is."""

    email = forms.EmailField(label="職員のメールアドレス", widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="理由", choices=FactorEnrolment.Reason.choices)
    check_of_person = forms.ChoiceField(
        label="本人の確かめ方", choices=FactorEnrolment.Check.choices, help_text="本人が目の前にいるときだけ出します。"
    )
