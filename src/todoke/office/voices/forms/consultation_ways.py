"""Forms of the ways of a consultation, of its briefings and of its rule: shape only."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from todoke.file_validation.content_types import validate_content
from todoke.runtime.refusals import Refused
from todoke.systems.models import InformationSystem
from todoke.voices.arrival import Basis, Channel
from todoke.voices.models import Briefing, Consultation, ConsultationChannel, ConsultationRule, Sender
from todoke.voices.models.comment_receipt import LIMIT

DAY = forms.DateInput(attrs={"type": "date"})
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
PDF = "application/pdf"


class WayForm(forms.Form):
    """Whether one way is offered, where to, and by what it is judged."""

    offered = forms.BooleanField(label="この方法で受け付ける", required=False)
    address = forms.CharField(label="あて先", max_length=200, required=False)
    desk_hours = forms.CharField(label="窓口の時間", max_length=100, required=False)
    basis = forms.ChoiceField(label="期限の考え方", choices=Basis.choices, widget=forms.RadioSelect)
    arrival_limit = forms.DateField(label="到着の期限(消印有効のとき)", widget=DAY, required=False)

    def __init__(self, data: Any = None, *, channel: str, terms: ConsultationChannel | None = None) -> None:
        initial: dict[str, Any] = {"offered": terms is not None, "basis": Basis.ARRIVAL}
        if terms is not None:
            initial |= {name: getattr(terms, name) for name in ("address", "desk_hours", "basis", "arrival_limit")}
        super().__init__(data, initial=initial, auto_id=f"id_{channel}_%s")
        if channel != Channel.HAND:
            del self.fields["desk_hours"]
        if channel != Channel.POST:
            del self.fields["basis"], self.fields["arrival_limit"]
        if channel in {Channel.WEB, Channel.ORAL}:
            del self.fields["address"]


class SystemForm(forms.Form):
    """The information system whose outages count for the page on which opinions are sent."""

    system: forms.ModelChoiceField[InformationSystem] = forms.ModelChoiceField(
        label="ホームページで意見を受け付ける情報システム", queryset=InformationSystem.objects.all(), required=False,
        help_text="システム台帳にある名前です。締切前の24時間にこのシステムが止まると、間に合わなかった意見は判断待ちになります。",
    )  # fmt: skip


class BriefingForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """When and where a draft is explained."""

    online_address = forms.URLField(label="オンラインのアドレス", max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Briefing
        fields = ("starts_at", "place", "online_address", "capacity", "sign_language", "material")
        widgets = {"starts_at": MOMENT, "material": forms.ClearableFileInput(attrs={"accept": ".pdf"})}
        help_texts = {"material": "PDF。公開されます。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].input_formats = FORMATS  # type: ignore[attr-defined]  # a field of date and time

    def clean_material(self) -> UploadedFile[bytes] | str:
        file: UploadedFile[bytes] | None = self.cleaned_data["material"]
        if not file:
            return ""
        if validate_content(file.read()) != PDF:
            raise forms.ValidationError("資料は、PDF にしてください。")
        file.seek(0)
        return file


class MinutesForm(forms.Form):
    """What was said at a briefing, for everybody to read."""

    minutes = forms.CharField(
        label="説明会の記録(公表されます)", max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 8})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SpokenForm(forms.Form):
    """What somebody said at a briefing, in words that the speaker confirmed."""

    text = forms.CharField(label="話した意見の文", max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 5}))
    clause = forms.ChoiceField(label="どの段落への意見か", required=False)
    kind = forms.ChoiceField(label="提出者の区分", choices=Sender.Kind.choices, required=False)
    name = forms.CharField(label="氏名", max_length=100, required=False)
    confirmed = forms.BooleanField(label="話した人に文を見せて、これでよいと確かめた", required=False)

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = clauses  # type: ignore[attr-defined]  # a choice field

    def facts(self) -> dict[str, Any]:
        """Return what the register takes."""
        given = self.cleaned_data
        sender = {key: given[key] for key in ("kind", "name")}
        return {"text": given["text"], "clause": given["clause"], "confirmed": given["confirmed"], "sender": sender}


class RuleForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """A version of the rule of the municipality."""

    class Meta:
        model = ConsultationRule
        fields = ("title", "applies_to", "minimum_days", "maximum_days", "counted_from", "name_required",
                  "oral_allowed", "retention_years", "valid_from", "valid_until")  # fmt: skip
        widgets = {"valid_from": DAY, "valid_until": DAY}
        help_texts = {
            "title": "条例や要綱の名前です。同じ名前で登録すると、前の版は始まりの日の前日に終わります。",
            "minimum_days": "これより短い募集には、理由が要ります。",
            "maximum_days": "決まりがなければ空けておきます。",
            "oral_allowed": "説明会で話した意見を、文にして受け付けるかどうかです。",
            "retention_years": "氏名や届いた紙の写しを残す年数です。公表の次の年度から数え、過ぎると消えます。",
        }


def offered_ways(of: Consultation) -> list[str]:
    """Return the codes of the ways that the rule allows."""
    return [code for code in Channel.values if code != Channel.ORAL or of.rule.oral_allowed]


def known_way(of: Consultation, code: str) -> str:
    """Return the code of a way. Raises Refused for one that the rule does not know."""
    if code not in offered_ways(of):
        raise Refused("この方法は、根拠では使えません。")
    return code
