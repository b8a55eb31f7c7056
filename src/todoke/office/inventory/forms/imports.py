"""Forms of the import pages."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.procedures.imports import import_aliases
from todoke.procedures.imports.import_aliases import IGNORED, closest_department
from todoke.procedures.models import ImportRun
from todoke.procedures.survey_columns import COLUMNS, closest_header

COLUMN_CHOICES = [("", "まだ決めない"), (IGNORED, "読まない"), *((column.name, column.header) for column in COLUMNS)]
_BY_HEADER = {column.header: column.name for column in COLUMNS}


class ImportForm(forms.Form):
    """An inventory file."""

    use_required_attribute = False
    file = forms.FileField(
        label="CSV または Excel(.xlsx)のファイル",
        help_text="国の調査(R6・R7)の様式、この台帳から書き出したファイル、区で作った表を読めます。見出しが違うときは、読んだあとで読み替えを決めます。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class ModeForm(forms.Form):
    """How to import a file that has defects."""

    use_required_attribute = False
    mode = forms.ChoiceField(
        label="取り込み方",
        choices=ImportRun.Mode.choices,
        initial=ImportRun.Mode.ALL_OR_NOTHING,
        widget=forms.RadioSelect,
    )


class MatchingForm(forms.Form):
    """What the unread headings and unknown departments of a file mean; one heading more may be written."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, run: ImportRun) -> None:
        super().__init__(data)
        self.headings = [str(said) for said in run.unread_columns]
        self.names = [str(said) for said in run.unknown_departments]
        for at, said in enumerate(self.headings):
            meant = _BY_HEADER.get(closest_header(said) or "", "")
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=f"見出し「{said}」", choices=COLUMN_CHOICES, required=False, initial=meant
            )
        departments = Department.objects.all()
        for at, said in enumerate(self.names):
            self.fields[f"department-{at}"] = forms.ModelChoiceField(
                departments, label=f"部署「{said}」", required=False, empty_label="まだ決めない",
                initial=closest_department(said, departments),
            )  # fmt: skip
        self.fields["said"] = forms.CharField(
            label="ほかの見出し", required=False, max_length=200,
            help_text="上にない見出しを読み替えるとき、ファイルに書いてあるとおりに書きます。例: 業務名",
        )  # fmt: skip
        self.fields["meant"] = forms.ChoiceField(label="ほかの見出しの意味", choices=COLUMN_CHOICES, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("said") and not given.get("meant"):
            self.add_error("meant", "この見出しが台帳のどの項目かを選んでください。")
        return given

    def save(self, *, by: User) -> int:
        """Remember what was chosen; return how many."""
        given = self.cleaned_data
        columns = [(said, given[f"column-{at}"]) for at, said in enumerate(self.headings)]
        columns.append((given["said"], given["meant"]))
        chosen = [(said, column) for said, column in columns if said and column]
        for said, column in chosen:
            import_aliases.define_column(said, column, by=by)
        departments = [(said, given[f"department-{at}"]) for at, said in enumerate(self.names)]
        known = [(said, department) for said, department in departments if department]
        for said, department in known:
            import_aliases.define_department(said, department, by=by)
        return len(chosen) + len(known)
