"""Column choices 列の行き先: a form that asks for each column of a table where it goes; none is left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms


class ColumnChoices(forms.Form):
    """A choice for each column of a table, with an example of what it says; "" is not to take it."""

    use_required_attribute = False
    NOTHING = ("", "取り込まない")

    def __init__(
        self,
        *args: Any,
        columns: Iterable[tuple[int, str, str]],
        choices: Iterable[tuple[str, str]],
        samples: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """Ask of columns, each its place, heading and likely choice."""
        super().__init__(*args, **kwargs)
        self.headings = dict[str, str]()
        offered = [self.NOTHING, *choices]
        for position, heading, likely in columns:
            name = f"column-{position}"
            self.headings[name] = heading
            sample = samples.get(heading, "")
            self.fields[name] = forms.ChoiceField(
                label=heading, choices=offered, required=False, initial=likely,
                help_text=f"例: {sample}" if sample else "",
            )  # fmt: skip

    def targets(self) -> dict[str, str]:
        """Return the choice of each heading."""
        return {heading: self.cleaned_data[name] for name, heading in self.headings.items()}
