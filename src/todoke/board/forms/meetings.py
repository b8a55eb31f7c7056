"""会議・宿題の入力欄: forms of meetings and commitments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from todoke.design.date_fields import DateField
from todoke.design.forms import mark_required_when
from todoke.meetings.models import (
    AgendaItem,
    Attendance,
    Body,
    Commitment,
    Decision,
    Meeting,
    MeetingDocument,
    Suggestion,
)
from todoke.organization.models import Department

DATE = forms.DateInput(attrs={"type": "date"})


class PlanMeetingForm(forms.Form):
    """会議の予定"""

    body = forms.ModelChoiceField(Body.objects.all(), label="会議体")
    held_on = DateField(label="開催日", widget=DATE)
    starts_at = forms.TimeField(label="開始", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="場所", max_length=100, required=False)


class ScheduleForm(forms.Form):
    """会議の予定の訂正"""

    held_on = DateField(label="開催日", widget=DATE)
    starts_at = forms.TimeField(label="開始", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="場所", max_length=100, required=False)

    @classmethod
    def of(cls, meeting: Meeting) -> "ScheduleForm":
        """Return the form with what is planned."""
        planned = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "place")}
        return cls(initial=planned, auto_id="schedule_%s")


class AgendaForm(forms.ModelForm[AgendaItem]):
    """議題の追加"""

    class Meta:
        model = AgendaItem
        fields = ("kind", "title", "department")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in AgendaItem.Kind.choices if choice[0] != AgendaItem.Kind.COMMITMENT]
        self.fields["kind"] = forms.ChoiceField(label="種類", choices=kinds)


class DocumentForm(forms.ModelForm[MeetingDocument]):
    """資料の追加"""

    class Meta:
        model = MeetingDocument
        fields = ("number", "title", "file", "disclosure", "closed_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_required_when(self, {"closed_reason": "一部公開・非公開のとき必要"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("disclosure") != "public" and not cleaned.get("closed_reason"):
            self.add_error("closed_reason", "公開しない部分がある資料には、理由を書いてください。")
        return cleaned


class AttendanceForm(forms.Form):
    """出欠"""

    def __init__(self, *args: Any, attendances: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendances = attendances
        for each in attendances:
            self.fields[f"post-{each.post_id}"] = forms.ChoiceField(
                label=str(each.post), choices=Attendance.Status.choices, initial=each.status
            )
            self.fields[f"proxy-{each.post_id}"] = forms.CharField(
                label=f"{each.post}の代理の職・氏名", required=False, max_length=100, initial=each.proxy
            )
            mark_required_when(self, {f"proxy-{each.post_id}": "代理出席のとき必要"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for each in self.attendances:
            if cleaned.get(f"post-{each.post_id}") == "proxy" and not cleaned.get(f"proxy-{each.post_id}"):
                self.add_error(f"proxy-{each.post_id}", "代理で出席した人の職・氏名を書いてください。")
        return cleaned

    def save(self) -> None:
        for each in self.attendances:
            each.status = self.cleaned_data[f"post-{each.post_id}"]
            each.proxy = self.cleaned_data[f"proxy-{each.post_id}"]
            each.save()


class MinutesForm(forms.Form):
    """会議録の取込: a file, or pasted text."""

    file = forms.FileField(
        label="ファイル",
        required=False,
        help_text="テキスト、Word(.docx)、PDF を読み込めます。文字コードは問いません。",
    )
    text = forms.CharField(label="または、文章を貼り付け", required=False, widget=forms.Textarea(attrs={"rows": 10}))
    is_confirmed = forms.BooleanField(label="この会議の会議録です(題名・回・日が違うと尋ねられたとき)", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            raise forms.ValidationError("ファイルを選ぶか、会議録の文章を貼り付けてください。")
        return cleaned

    def data_of(self) -> bytes:
        """Return the content as bytes."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return file.read() if file else str(self.cleaned_data["text"]).encode()


class SuggestionForm(forms.Form):
    """候補の採用"""

    kind = forms.ChoiceField(label="種類", choices=Suggestion.Kind.choices)
    what = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 3}))
    department = forms.ModelChoiceField(Department.objects.all(), label="担当部署", required=False)
    due = DateField(label="期限", required=False, widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_required_when(self, {"department": "宿題・要望・継続のとき必要"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != Suggestion.Kind.DECISION and not cleaned.get("department"):
            self.add_error("department", "宿題・要望・継続には、担当する部署を選んでください。")
        return cleaned


class JudgementForm(SuggestionForm):
    """まとめて確かめる候補の一つ: what to do with it, and its corrections."""

    act = forms.ChoiceField(
        label="どうしますか", required=False,
        choices=[("", "あとで確かめる"), ("accept", "採用する"), ("dismiss", "見送る")],
    )  # fmt: skip
    field_order = ("act", "kind", "what", "department", "due")

    def __init__(self, *args: Any, suggestion: Suggestion, departments: Mapping[str, Department], **more: Any) -> None:
        super().__init__(*args, prefix=f"s{suggestion.number}", **more)
        self.suggestion = suggestion
        self.sections = {each.code: each for each in departments.values()}
        named = self.initial.get("department")
        self.initial["department"] = named.code if named else ""
        choices = [("", "選んでください"), *((code, each.name) for code, each in self.sections.items())]
        self.fields["department"] = forms.ChoiceField(label="担当部署", required=False, choices=choices)
        mark_required_when(self, {"department": "宿題・要望・継続のとき必要"})
        self.fields["what"].widget = forms.Textarea(attrs={"rows": 2})

    def is_chosen(self, act: str) -> bool:
        """Whether this act was chosen."""
        return bool(self.cleaned_data.get("act") == act)

    def clean(self) -> dict[str, Any]:
        if (self.cleaned_data.get("act") or "") != "accept":
            self.errors.clear()
            return self.cleaned_data
        return super().clean()

    @property
    def corrections(self) -> dict[str, Any]:
        """Return what ``Suggestion.accept`` takes."""
        found = {name: self.cleaned_data.get(name) for name in ("kind", "what", "due")}
        return found | {"department": self.sections.get(self.cleaned_data.get("department") or "")}


class AdditionForm(SuggestionForm):
    """書き足し"""

    line = forms.IntegerField(
        label="会議録の行", required=False, min_value=1, help_text="行を書くと、その行の言葉も残ります。"
    )


class AnswerForm(forms.Form):
    """宿題への回答"""

    text = forms.CharField(label="したこと", widget=forms.Textarea(attrs={"rows": 4}))
    evidence = forms.CharField(label="根拠(資料名、ページ、通知の番号など)", required=False, max_length=300)


class FulfilForm(forms.Form):
    """宿題の完了"""

    result = forms.CharField(
        label="したこと",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="区民に公開する「DX推進の状況」に、根拠とともに載ります。",
    )
    evidence = forms.CharField(label="根拠(資料名、ページ、通知の番号など)", max_length=300)


class ReasonForm(forms.Form):
    """理由"""

    reason = forms.CharField(label="理由", max_length=500)


class MoveForm(forms.Form):
    """期限の変更"""

    due = DateField(label="新しい期限", widget=DATE)
    decision = forms.ModelChoiceField(Decision.objects.none(), label="もとになる決定")

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Decision.objects.filter(meeting__body=commitment.body).order_by("-meeting__held_on", "pk")
        self.fields["decision"] = forms.ModelChoiceField(found, label="もとになる決定")
