"""変更予定の入力欄: overlaps are said before the change is saved."""

from typing import Any

from django import forms

from todoke.systems.models import Change


class ChangeForm(forms.ModelForm[Change]):
    """変更予定: refused once where it overlaps a busy period or other work, until that is ticked as known."""

    is_overlap_known = forms.BooleanField(label="重なりを承知で登録する(重なりがあるときだけ)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields.get("predecessors")
        if isinstance(choices, forms.ModelMultipleChoiceField):
            others = Change.objects.select_related("system").exclude(pk=self.instance.pk).order_by("starts_at")
            choices.queryset = others
            choices.label_from_instance = label_of  # type: ignore[assignment, method-assign] # as documented

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.errors or not found.get("starts_at") or not found.get("ends_at"):
            return found
        self.instance.starts_at, self.instance.ends_at = found["starts_at"], found["ends_at"]
        for each in found.get("predecessors") or ():
            if each.ends_at > found["starts_at"]:
                self.add_error(
                    "predecessors", f"「{each}」は、この作業の開始までに終わりません。日時を直してください。"
                )
        if not found["is_overlap_known"] and (clashes := self.instance.clashes()):
            self.add_error(
                "is_overlap_known", f"重なりがあります。{'、'.join(clashes)}。承知のうえなら、印をつけてください。"
            )
        return found


def label_of(change: Change) -> str:
    """Return a change as its system and title."""
    return f"{change.system} {change.title}"
