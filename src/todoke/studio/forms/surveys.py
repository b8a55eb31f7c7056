"""窓口体験調査の欄: forms of experience surveys."""

from django import forms

from todoke.design.date_fields import DateField
from todoke.flows.models import ExperienceStep, Persona
from todoke.organization.models import Post

LARGEST_PHOTO = 8_000_000


class SurveyForm(forms.Form):
    """調査を始める: persona, place and scene."""

    procedure = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    title = forms.CharField(label="名称", max_length=120, help_text="例: 転入の手続")
    persona = forms.CharField(label="ペルソナの呼び名", max_length=60, help_text="例: 田中さん(78歳、つえを使う)")
    story = forms.CharField(label="人物像", max_length=1000, widget=forms.Textarea, required=False)
    scenario = forms.CharField(label="場面", max_length=1000, widget=forms.Textarea)
    walked_on = DateField(label="調査日", widget=forms.DateInput(attrs={"type": "date"}))

    def who(self) -> Persona:
        """Return the persona."""
        given = self.cleaned_data
        return Persona.objects.get_or_create(name=given["persona"], defaults={"story": given["story"]})[0]


class StepForm(forms.ModelForm[ExperienceStep]):
    """体験の1つを書く: one step of the experience."""

    class Meta:
        model = ExperienceStep
        fields = ["name", "minutes", "wait", "name_writes", "feeling", "note", "photo"]

    def clean_photo(self) -> object:
        photo = self.cleaned_data.get("photo")
        if photo and photo.size > LARGEST_PHOTO:
            raise forms.ValidationError("写真は8MBまでです。小さくしてから選んでください。")
        return photo


class IssueForm(forms.Form):
    """課題にする: what, who, until when."""

    text = forms.CharField(label="課題", max_length=300)
    owner = forms.ModelChoiceField(Post.objects.select_related("department"), label="担当")
    due = DateField(label="期限", widget=forms.DateInput(attrs={"type": "date"}))


class RepeatForm(forms.Form):
    """もう一度歩く日: the date of the repetition."""

    walked_on = DateField(label="再調査の日", widget=forms.DateInput(attrs={"type": "date"}))
