"""録音と文字起こしの入力欄."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from todoke.meetings.models import TranscriptSegment
from todoke.meetings.models.vocabulary_term import BETWEEN, VocabularyTerm
from todoke.meetings.speech.audio_kinds import KINDS
from todoke.meetings.speech.time_codes import milliseconds

OTHERS = "←"
"""What stands before the other spellings of a term."""
SPEAKERS = "speakers"
"""The id of the list of speakers on a page."""


def _speaker(size: int = 24) -> forms.TextInput:
    return forms.TextInput({"list": SPEAKERS, "autocomplete": "off", "size": size})


class RecordingForm(forms.Form):
    """録音の受取り"""

    file = forms.FileField(label="録音のファイル")
    is_announced = forms.BooleanField(label="録音することを、出席者に知らせました")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{KINDS}。{settings.RECORDING_MB:,}MBまで。"


class TranscriptForm(forms.Form):
    """文字起こしの取込み: a file, or pasted text."""

    file = forms.FileField(
        label="文字起こしのファイル", required=False,
        help_text="WebVTT(.vtt)、SubRip(.srt)、テキスト(.txt)。文字コードは問いません。",
    )  # fmt: skip
    text = forms.CharField(
        label="または、文章を貼り付け", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="1行に一つの発言。例: [00:01:02] DX推進課長(吉田): 一覧を作成します。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            raise forms.ValidationError("ファイルを選ぶか、文字起こしの文章を貼り付けてください。")
        return cleaned

    def data_of(self) -> bytes:
        """Return the content as bytes."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return file.read() if file else str(self.cleaned_data["text"]).encode()


class SegmentForm(forms.Form):
    """発言片の訂正"""

    speaker = forms.CharField(label="発言者(ここから)", max_length=80, required=False, widget=_speaker())
    text = forms.CharField(label="文", widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, segment: TranscriptSegment) -> "SegmentForm":
        """Return the form with what stands now, with ids of its own on a page of many."""
        initial = {"speaker": segment.speaker, "text": segment.text, "seen": segment.revision}
        return cls(initial=initial, auto_id=f"s{segment.number}_%s")


class SeenForm(forms.Form):
    """見ていた版"""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SpellingForm(SeenForm):
    """書き方の提案: the word that is spelled otherwise."""

    found = forms.CharField(max_length=40, widget=forms.HiddenInput)


class SpellingsForm(forms.Form):
    """書き方の提案のすべて: at how many places the person saw it."""

    places = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SplitForm(SeenForm):
    """発言片の分割"""

    before = forms.CharField(label="前の発言", widget=forms.Textarea(attrs={"rows": 3}))
    after = forms.CharField(label="後の発言", widget=forms.Textarea(attrs={"rows": 3}))


class PieceForm(forms.Form):
    """発言の書き足し"""

    at = forms.CharField(label="録音の時刻(分:秒)", required=False, max_length=12, widget=forms.TextInput({"size": 8}))
    speaker = forms.CharField(label="発言者(ここから)", max_length=80, required=False, widget=_speaker())
    text = forms.CharField(label="文", widget=forms.Textarea(attrs={"rows": 3}))

    def clean_at(self) -> int | None:
        written = str(self.cleaned_data["at"]).strip()
        place = milliseconds(written) if written else None
        if written and place is None:
            raise forms.ValidationError("時刻は、1:02(1分2秒)や 1:02:03 の形で書いてください。")
        return place


class SpeakerForm(forms.Form):
    """発言者の名前の変更"""

    former = forms.ChoiceField(label="いまの名前")
    name = forms.CharField(label="新しい名前", max_length=80, widget=_speaker(36))

    def __init__(self, *args: Any, speakers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["former"] = forms.ChoiceField(label="いまの名前", choices=[(each, each) for each in speakers])


class TermsForm(forms.Form):
    """用語"""

    terms = forms.CharField(
        label="用語", required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=(
            "1行に一語。読み方は、空白をあけて続けます。ほかの書き方を直したいときは、←のあとに「、」で区切って書きます。"
            "例: 電子契約 でんしけいやく / 手続 てつづき ← 手続き"
        ),
    )  # fmt: skip

    @staticmethod
    def line_of(term: VocabularyTerm) -> str:
        """Return a term as its line."""
        others = f" {OTHERS} {term.others}" if term.others else ""
        return f"{term.written} {term.reading}".strip() + others

    def clean_terms(self) -> str:
        written = str(self.cleaned_data["terms"])
        if lost := next((line for line in written.splitlines() if line.strip().startswith(OTHERS)), None):
            raise forms.ValidationError(f"「{lost.strip()[:40]}」の{OTHERS}の前に、用語を書いてください。")
        return written

    def words(self) -> list[tuple[str, str]]:
        """Return each word with its reading."""
        lines = [line.partition(OTHERS)[0].split(None, 1) for line in self._lines()]
        return [(parts[0], parts[1].strip() if parts[1:] else "") for parts in lines if parts]

    def others(self) -> dict[str, list[str]]:
        """Return the other spellings of each word that has any."""
        parts = [line.partition(OTHERS) for line in self._lines()]
        found = {
            of.split()[0]: [each.strip() for each in others.split(BETWEEN)] for of, _, others in parts if of.strip()
        }
        return {of: kept for of, others in found.items() if (kept := [each for each in others if each])}

    def _lines(self) -> list[str]:
        return [line for line in str(self.cleaned_data["terms"]).splitlines() if line.strip()]
