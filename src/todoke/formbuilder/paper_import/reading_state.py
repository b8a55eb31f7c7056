"""Reading state 読み取りの途中: what was asked and left so far, and which headings hold for what follows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from todoke.formbuilder.paper_import import printed_boxes
from todoke.formbuilder.paper_import.findings import FoundQuestion, Recognition
from todoke.formbuilder.paper_import.grid import Cell, Grid
from todoke.formbuilder.paper_import.label_rules import OPTIONAL, REQUIRED
from todoke.formbuilder.paper_import.plain_text import bare
from todoke.formbuilder.paper_import.printed_boxes import NOT_TICKED, Asked

HEADING = "見出しにしました(設問にはしていません)"
HELP = "設問の補足にしました"
_STAR_OFFICE = re.compile(
    r"※(?:印|の|欄|は|に|箇所|項目|[^。]){0,12}(?:記入|記載)(?:しない|不要|の必要はありません|なさらない)"
)
_STAR_REQUIRED = re.compile(r"[※*](?:印|の|欄|は|が|箇所|項目|付|い|た){0,10}(?:必須|必ず)")


@dataclass
class ReadingState:
    """読み取りの途中: the reading; ``heading`` names what follows, after ``rest_is_office`` nothing is asked."""

    reading: Recognition = field(default_factory=Recognition)
    heading: str = ""
    told: str = ""
    heading_cell: tuple[Grid, Cell] | None = None
    rest_is_office: bool = False
    star_required: bool = False
    some_required: bool = False

    @classmethod
    def of(cls, grids: Iterable[Grid]) -> "ReadingState":
        """Return the state before the first text: what ※ means on this form, and whether required boxes are marked."""
        text = bare("\n".join(cell.text for grid in grids for cell in grid.cells))
        return cls(
            star_required=bool(_STAR_REQUIRED.search(text)) and not _STAR_OFFICE.search(text),
            some_required=bool(re.search(r"[(【\[〔]必須[)】\]〕]", text)),
        )

    def enter(self, words: str, told: str = "", place: tuple[Grid, Cell] | None = None) -> None:
        """Let a heading name what follows."""
        self.heading, self.told, self.heading_cell = words, told, place

    def ask(self, asked: list[Asked], cell: str, group: str, words: str, *, repeating: bool = False) -> None:
        """Add the questions of one box; further ones hang on an option of the first."""
        for at, one in enumerate(asked):
            behind = (asked[0].label, one.behind) if one.behind and at else None
            required = self._required(words) and behind is None and one.label != f"{words}({NOT_TICKED})"
            found = FoundQuestion(
                one.label, one.kind, cell, group, required, repeating, one.options, behind, one.unit, one.help
            )
            self.reading.questions.append(found)

    def _required(self, words: str) -> bool:
        if REQUIRED.search(bare(words)) or (self.star_required and re.search(r"[※*]", words)):
            return True
        return not (self.some_required or self.star_required or OPTIONAL.search(bare(words)))

    def leave(self, text: str, cell: str, reason: str) -> None:
        """List a text that asks nothing."""
        self.reading.say_left(text, cell, reason)

    def listed_prints(self, text: str, asked: list[Asked], cell: str, label: str) -> None:
        """List the printed words of a box that its questions do not say, and a place for a seal."""
        if printed_boxes.has_seal(text):
            self.leave("印", cell, "押印欄(オンラインでは要りません)")
        if asked and asked[0].help and text.strip() == asked[0].help:
            self.leave(" ".join(text.split()), cell, HELP)
        elif printed_boxes.says_more(text, asked):
            self.leave(" ".join(text.split()), cell, f"「{label}」の欄に印刷された言葉")
