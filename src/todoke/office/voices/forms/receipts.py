"""Forms of arrivals, masks and groups of a consultation: shape only."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from todoke.file_validation.content_types import ACCEPT, validate_content
from todoke.japanese.calendar import today
from todoke.japanese.personal_data import PersonalPiece
from todoke.voices.arrival import Channel, Postmark, Standing
from todoke.voices.models import CommentGroup, CommentMask, CommentPoint, Consultation, OfficialResponse, Sender
from todoke.voices.models.comment_receipt import LIMIT

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"})
DAY = forms.DateInput(attrs={"type": "date"})
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


class ReceiptForm(forms.Form):
    """A paper, a FAX or a mail that arrived, with its scan beside the words."""

    channel = forms.ChoiceField(label="方法", choices=[each for each in Channel.choices if each[0] != Channel.WEB])
    arrived_at = forms.DateTimeField(label="届いた日時", widget=MOMENT, input_formats=FORMATS)
    sent_at = forms.DateTimeField(
        label="送られた日時(ファクスは受信の始まり)", widget=MOMENT, input_formats=FORMATS, required=False
    )
    stamped_on = forms.DateField(label="収受印の日", widget=DAY, required=False)
    delivered_on = forms.DateField(label="配達の記録の日", widget=DAY, required=False)
    postmark = forms.ChoiceField(label="消印", choices=Postmark.choices)
    postmarked_on = forms.DateField(label="消印の日", widget=DAY, required=False)
    night_box = forms.BooleanField(label="夜間の受付箱から取り出した", required=False)
    kind = forms.ChoiceField(label="提出者の区分", choices=Sender.Kind.choices, required=False)
    name = forms.CharField(label="氏名", max_length=100, required=False)
    address = forms.CharField(label="住所", max_length=200, required=False)
    mail = forms.EmailField(label="結果を知らせるメールアドレス", required=False)
    clause = forms.ChoiceField(label="どの段落への意見か", required=False)
    text = forms.CharField(label="意見の文(書き起こし)", max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 10}))
    scan = forms.FileField(
        label="届いた紙の写し", required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = clauses  # type: ignore[attr-defined]  # a choice field

    def clean_scan(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["scan"]
        if file:
            validate_content(file.read())
            file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("arrived_at") and timezone.localdate(found["arrived_at"]) > today():
            self.add_error("arrived_at", "まだ来ていない日です。年を確かめてください。")
        if found.get("postmark") == Postmark.CLEAR and not found.get("postmarked_on"):
            self.add_error("postmarked_on", "消印が読めるときは、その日を入れてください。")
        return found

    def facts(self) -> dict[str, Any]:
        """Return what the register takes."""
        found = dict(self.cleaned_data)
        sender = {key: found.pop(key) for key in ("kind", "name", "address", "mail")}
        return {**found, "sender": sender, "scan": found["scan"] or ""}


class TranscriptionForm(forms.Form):
    """The words of a paper, put right, with what stood there when the person saw it."""

    text = forms.CharField(label="直した文", max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 8}))
    reason = forms.CharField(label="直す理由", max_length=300, help_text="例: 住所の番地の書き写し誤り")
    seen = forms.CharField(widget=forms.HiddenInput, strip=False)


class JudgementForm(forms.Form):
    """Whether an arrival came in time, decided by a person."""

    standing = forms.ChoiceField(
        label="判断", choices=[each for each in Standing.choices if each[0] != Standing.UNDECIDED],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label="理由", max_length=400)


class JoiningForm(forms.Form):
    """The number of another arrival of the same text."""

    sequence = forms.IntegerField(label="同じ意見の受付番号(下5けた)", min_value=1, max_value=99_999)


class NumbersForm(forms.Form):
    """Why individual numbers that were cut out are opened."""

    reason = forms.CharField(label="個人番号を開く理由", max_length=300)


class MaskForm(forms.Form):
    """What is not published: proposed places, and words that a person adds."""

    places = forms.MultipleChoiceField(
        label="伏せるところ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="候補です。外すこともできます。",
    )
    words = forms.CharField(
        label="ほかに伏せる言葉", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行に一つずつ、文にあるとおりに書きます。",
    )  # fmt: skip
    ground = forms.ChoiceField(label="ほかに伏せる言葉の理由", choices=CommentMask.Ground.choices)
    began = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, text: str, candidates: list[PersonalPiece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        places = [(f"{each.start}-{each.end}", f"{each.text}({each.kind})") for each in candidates]
        self.fields["places"].choices = places  # type: ignore[attr-defined]  # a choice field
        if not places:
            del self.fields["places"]

    def clean_words(self) -> str:
        typed: str = self.cleaned_data["words"]
        missing = [line for line in typed.splitlines() if line.strip() and line.strip() not in self.text]
        if missing:
            raise forms.ValidationError(f"「{missing[0]}」は、この文にありません。文にあるとおりに書いてください。")
        return typed

    def spans(self) -> list[tuple[int, int, str]]:
        """Return the places to mask with their grounds."""
        found = [(*map(int, place.split("-")), "personal") for place in self.cleaned_data.get("places", ())]
        for line in filter(None, map(str.strip, self.cleaned_data["words"].splitlines())):
            at = self.text.find(line)
            while at >= 0:
                found.append((at, at + len(line), self.cleaned_data["ground"]))
                at = self.text.find(line, at + len(line))
        return found  # type: ignore[return-value]  # two numbers and a ground


class GroupForm(forms.Form):
    """The group of an opinion: one that is there, or a new one by its summary."""

    group: forms.ModelChoiceField[CommentGroup] = forms.ModelChoiceField(
        label="いまあるまとまり", queryset=None, required=False, empty_label="どれにも入れない"
    )
    summary = forms.CharField(label="新しいまとまりの要旨", max_length=400, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, of: Consultation, point: CommentPoint | None = None, **kwargs: Any) -> None:
        if point is not None:
            kwargs["initial"] = {"group": point.group_id, "seen": point.group_id}
        super().__init__(*args, **kwargs)
        self.of = of
        self.fields["group"].queryset = of.groups.all()  # type: ignore[attr-defined]  # a choice of rows


class SummaryForm(forms.Form):
    """The words that stand for a group."""

    summary = forms.CharField(label="意見の要旨", max_length=400)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=400)


class ClauseForm(forms.Form):
    """On which clause of the draft an opinion is."""

    clause = forms.ChoiceField(label="どの段落への意見か", required=False)

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = clauses  # type: ignore[attr-defined]  # a choice field


class CutForm(ClauseForm):
    """Where an opinion is cut in two: the words with which the second begins, and its clause."""

    words = forms.CharField(label="次の論点の始まりの言葉", max_length=200, help_text="文にあるとおりに書きます。")
    field_order = ("words", "clause")


class AnswerForm(forms.Form):
    """The one answer to a group."""

    kind = forms.ChoiceField(label="対応", choices=OfficialResponse.Kind.choices)
    text = forms.CharField(label="区の考え方", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
