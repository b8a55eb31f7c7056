"""様式の全体の欄: form for the title, the introduction and the guide of a form."""

from typing import Any

from django import forms

from todoke.formbuilder.document.edits import Definition

WHOLE = ("title", "lead", "template_note", "my_number_basis")


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": str(rows)})


class FormSettingsForm(forms.Form):
    """様式の全体: title and introduction."""

    title = forms.CharField(label="名称", max_length=120)
    lead = forms.CharField(label="はじめの説明", required=False, widget=_lines())
    who = forms.CharField(label="申請できる人", required=False, widget=_lines())
    fee = forms.CharField(label="手数料", required=False, help_text="かからないときは「無料」と書きます。")
    period = forms.CharField(label="かかる日数", required=False)
    deadline = forms.CharField(label="期限(いつから数えて、いつまで)", required=False, widget=_lines())
    result = forms.CharField(label="結果の受け取り方", required=False, widget=_lines())
    legal_basis = forms.CharField(label="根拠の法令(1行に一つ)", required=False, widget=_lines())
    steps = forms.CharField(label="手続の流れ(1行に一つ)", required=False, widget=_lines(4))
    my_number_basis = forms.CharField(
        label="個人番号を聞く根拠",
        required=False,
        max_length=200,
        help_text="個人番号(マイナンバー)を聞く手続だけ。例: 番号法別表の項、条例の条項",
    )
    template_note = forms.CharField(label="ひな形の注意", required=False, help_text="確かめ終わったら消します。")

    @staticmethod
    def of(definition: Definition) -> dict[str, Any]:
        """Return the initial values."""
        guide = definition.get("guide", {})
        many = {key: "\n".join(guide.get(key, [])) for key in ("legal_basis", "steps")}
        return {**{key: definition.get(key, "") for key in WHOLE}, **guide, **many}

    def changes(self, definition: Definition) -> dict[str, Any]:
        """Return the changed properties."""
        given = self.cleaned_data
        guide = dict(definition.get("guide", {}))
        for key in ("who", "fee", "period", "deadline", "result"):
            guide[key] = given[key].replace("\r\n", "\n")
        for key in ("legal_basis", "steps"):
            guide[key] = [line.strip() for line in given[key].splitlines() if line.strip()]
        whole = {key: given[key].replace("\r\n", "\n") for key in WHOLE}
        return {**whole, "guide": {key: value for key, value in guide.items() if value}}
