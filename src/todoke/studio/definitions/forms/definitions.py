"""様式の移行の欄: the file of another form service, and what its columns and its words for kinds mean."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from todoke.design.column_choices import ColumnChoices
from todoke.formbuilder.document.question_kinds import KIND_LABELS, QuestionKind
from todoke.formbuilder.paper_import.findings import Recognition
from todoke.integrations.definitions.definition_columns import LABEL, ROLES, doubled_role, guess_roles
from todoke.integrations.definitions.definition_files import Holds, read_definition
from todoke.integrations.definitions.definition_questions import DefinitionTable, guess_meanings, read_questions
from todoke.integrations.definitions.kind_words import NONE, SECTION
from todoke.runtime.refusals import Unreadable
from todoke.studio.forms.forms import free_code

SALT, KEPT = "studio.form-definition", 24 * 60 * 60
NOT_OFFERED = {QuestionKind.CALCULATED, QuestionKind.MY_NUMBER}


class DefinitionFileForm(forms.Form):
    """ほかのサービスのファイル: a list of questions, or a table of answers."""

    use_required_attribute = False
    file = forms.FileField(
        label="書き出したファイル(.csv・.xlsx・.json)", widget=forms.FileInput({"accept": ".csv,.tsv,.xlsx,.json"})
    )
    holds = forms.ChoiceField(
        label="ファイルの中身", initial=Holds.QUESTIONS,
        choices=[
            (Holds.QUESTIONS.value, "設問の一覧(設問が一行ずつ)"), (Holds.ANSWERS.value, "回答の表(見出しが設問)"),
        ],
        help_text="設問の一覧を書き出せないサービスでは、回答の表を選びます。回答の中身は取り込みません。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if file := given.get("file"):
            try:
                given["table"] = read_definition(file.name, file.read(), given.get("holds", Holds.QUESTIONS))
            except Unreadable as refusal:
                self.add_error("file", str(refusal))
        return given


class DefinitionForm(ColumnChoices):
    """様式の移行: what each column says, what each word for a kind means, and the name of the draft."""

    title = forms.CharField(label="名称", max_length=120)
    code = forms.SlugField(
        label="アドレスに使う短い名前", max_length=60, required=False,
        help_text="半角の英小文字・数字・ハイフン。空けておくと、自動で付けます。",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any], *, table: DefinitionTable) -> None:
        self.table = table
        columns = [(at, heading, "") for at, heading in enumerate(table.headings, 1)]
        filled = QueryDict(mutable=True)
        filled.update({**data, **({} if "title" in data else self._guessed())})
        roles = {heading: str(filled.get(f"column-{at}", "")) for at, heading, _ in columns}
        self.words = {_name_of(word): (word, likely) for word, likely in guess_meanings(table.words_of(roles)).items()}
        for name, (_, likely) in self.words.items():
            filled.setdefault(name, likely)
        super().__init__(filled, columns=columns, choices=ROLES.items(), samples=table.samples())
        for name, (word, _) in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=f"「{word}」という種類", choices=list(_meanings()), required=False
            )

    def _guessed(self) -> dict[str, str]:
        roles = guess_roles(self.table.headings)
        guessed = {f"column-{at}": roles[heading] for at, heading in enumerate(self.table.headings, 1)}
        return {"title": self.table.title[:120], **guessed}

    def clean_code(self) -> str:
        return free_code(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        roles = [given.get(name, "") for name in self.headings]
        if LABEL not in roles:
            raise forms.ValidationError("設問の言葉がある列に「設問」を選んでください。")
        if doubled := doubled_role(dict(zip(self.headings, roles, strict=True))):
            raise forms.ValidationError(f"「{doubled}」を選んだ列が二つあります。一つにしてください。")
        return given

    def reading(self) -> Recognition:
        """Return the questions by what was chosen, and all that is not taken."""
        meanings = {word: self.cleaned_data[name] for name, (word, _) in self.words.items()}
        found = read_questions(self.table, self.targets(), meanings)
        found.title = self.cleaned_data["title"]
        return found


def _name_of(word: str) -> str:
    return f"word-{hashlib.sha256(word.encode()).hexdigest()[:12]}"


def _meanings() -> Iterator[tuple[str, str]]:
    yield "", "設問の言葉から見込む"
    yield from ((kind.value, label) for kind, label in KIND_LABELS.items() if kind not in NOT_OFFERED)
    yield SECTION, "設問ではなく、ページや区切りの見出し"
    yield NONE, "取り込まない"


def sealed(table: DefinitionTable) -> str:
    """Return a table as a text that a page carries until a draft is made of it."""
    return signing.dumps(asdict(table), salt=SALT, compress=True)


def unsealed(text: str) -> DefinitionTable:
    """Return the table that a page carried. Raises Unreadable for a text that is not ours, or is of another day."""
    try:
        told = signing.loads(text, salt=SALT, max_age=KEPT)
    except signing.BadSignature as problem:
        raise Unreadable("読み取りから時間がたちました。もう一度ファイルを選んでください。") from problem
    rows = tuple((place, cells) for place, cells in told["rows"])
    left = tuple((place, words, reason) for place, words, reason in told["left"])
    return DefinitionTable(told["title"], tuple(told["headings"]), rows, left)
