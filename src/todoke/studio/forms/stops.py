"""対象外の欄: form of a condition under which a service is not for the applicant, and what is said then."""

from typing import Any

from django import forms

from todoke.design.forms import mark_required_when
from todoke.formbuilder.document.edits import Definition
from todoke.formbuilder.document.structure import Document
from todoke.studio.forms.conditions import ConditionFields


class StopForm(ConditionFields):
    """対象外: what is said, where to go, and on which answers."""

    words = forms.CharField(
        label="知らせる言葉", max_length=500, widget=forms.Textarea({"rows": "3"}),
        help_text="なぜ申請できないかと、次にどうするか。例: 市外の方は、お住まいの市に申し込んでください。",
    )  # fmt: skip
    link = forms.CharField(
        label="案内のページ", max_length=300, required=False, help_text="https:// か、このサイトの / から始まるアドレス"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.deep and not given.get("when_question_0"):
            self.add_error("when_question_0", "どの答えのときに止まるかを選んでください。")
        return given

    def changes(self) -> dict[str, Any]:
        """Return the changed properties."""
        given = self.cleaned_data
        return {"words": given["words"].replace("\r\n", "\n"), "link": given["link"], "when": self.condition()}


def stop_form(definition: Definition, document: Document, stop_id: str = "", data: Any = None) -> StopForm:
    """Return the form of a stop, empty without an id. Raises KeyError for an unknown one."""
    found = {stop["id"]: stop for stop in definition.get("stops", [])}[stop_id] if stop_id else {}
    form = StopForm(data, initial=found)
    form.add_condition(document, found.get("when"), set())
    for field in form.fields.values():
        field.label = str(field.label).replace("表示の条件", "止まる条件")
    mark_required_when(form, {"when_question_0": "必要"})
    return form
