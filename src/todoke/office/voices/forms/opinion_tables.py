"""Forms of a table of opinions: the file, and what was read from it while a person looks at it."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing

from todoke.cases.models.tokens import new_token
from todoke.office.voices.forms.receipts import FORMATS, MOMENT
from todoke.runtime.refusals import Refused, Unreadable
from todoke.voices.arrival import Channel
from todoke.voices.models import Consultation
from todoke.voices.opinion_table import MOST, ReadOpinion

SALT = "意見の表"
VALID = 86_400
"""Seconds for which a table that was read can be entered."""
LONGEST = 3_000_000
ANEW = "読んだ表の内容が古いか、途中で切れました。何も登録していません。もう一度、表を選んで読んでください。"


class OpinionTableForm(forms.Form):
    """The table as the section has it, and what its lines do not say."""

    file = forms.FileField(
        label="意見の表(Excel か CSV)", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=f"「意見」の列が要ります。ほかの列は、あれば読みます。一度に{MOST}行までです。",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="方法の書いていない行の方法",
        required=False,
        choices=[("", "どの行にも書いてある"), *(each for each in Channel.choices if each[0] != Channel.ORAL)],
    )
    arrived_at = forms.DateTimeField(
        label="日時の書いていない行の届いた日時", widget=MOMENT, input_formats=FORMATS, required=False
    )


class ReadOpinionsForm(forms.Form):
    """What was read, sealed, so that it is entered as the person saw it."""

    read = forms.CharField(max_length=LONGEST, strip=False, widget=forms.HiddenInput)
    again = forms.BooleanField(
        label="もう登録されている受付と同じ行も、別の人の意見として登録する", required=False,
        help_text="同じ日に同じ文のはがきが何枚も届いたときなどに選びます。",
    )  # fmt: skip


def sealed(of: Consultation, rows: list[ReadOpinion]) -> str:
    """Return the rows as one text that only this consultation takes. Raises Unreadable where they are too long."""
    text = signing.dumps([new_token(), [asdict(each) for each in rows]], salt=f"{SALT} {of.number}", compress=True)
    if len(text) > LONGEST:
        raise Unreadable("意見の文が多すぎます。表を二つか三つに分けて、もう一度お試しください。")
    return text


def unsealed(of: Consultation, text: str) -> tuple[str, list[ReadOpinion]]:
    """Return the secret of the table and its rows. Raises Refused for what was not sealed here, or too long ago."""
    try:
        batch, rows = signing.loads(text, salt=f"{SALT} {of.number}", max_age=VALID)
    except signing.BadSignature as problem:
        raise Refused(ANEW) from problem
    return batch, [_row(each) for each in rows]


def _row(given: dict[str, Any]) -> ReadOpinion:
    parts = tuple((clause, words) for clause, words in given["parts"])
    return ReadOpinion(**{**given, "parts": parts, "notes": tuple(given["notes"])})
