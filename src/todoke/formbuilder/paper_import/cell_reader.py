"""Cell reader ます目の読み取り: turns the labels and boxes of a sheet or a table into questions."""

import re
from dataclasses import dataclass, field, replace

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import choice_lists, exclusion_rules, form_lines, office_boxes, printed_boxes
from todoke.formbuilder.paper_import.answer_boxes import AnswerBox, box_below, boxes_beside, is_bare_tick, ticks_from
from todoke.formbuilder.paper_import.form_tables import find_table
from todoke.formbuilder.paper_import.grid import Cell, Grid
from todoke.formbuilder.paper_import.label_rules import (
    PAPERS,
    ROLE,
    clean_label,
    instruction,
    is_label,
    kind_of,
    papers_of,
)
from todoke.formbuilder.paper_import.plain_text import bare
from todoke.formbuilder.paper_import.printed_boxes import Asked
from todoke.formbuilder.paper_import.reading_state import HEADING, HELP, ReadingState
from todoke.formbuilder.paper_import.table_questions import ask_table


@dataclass
class CellReader:
    """ます目の読み取り: goes through the cells once; a cell is used when it was asked, or listed with a reason."""

    grid: Grid
    state: ReadingState
    used: set[Cell] = field(default_factory=set)
    beside_heading: tuple[str, range] = ("", range(0))

    def read(self) -> None:
        """Ask or list every cell."""
        for cell in self.grid.cells:
            if cell not in self.used and not self._corner(cell) and not printed_boxes.is_blank(cell.text):
                self._read_cell(cell)

    def _corner(self, cell: Cell) -> bool:
        return not cell.text.strip() and self._table(cell)

    def _read_cell(self, cell: Cell) -> None:
        state = self.state
        if state.rest_is_office:
            self.leave(cell, exclusion_rules.OFFICE_BOX)
        elif self._is_title(cell):
            state.reading.title = clean_label(cell.words)
            self.used.add(cell)
        else:
            ways = (self._ticks, self._office, self._papers, self._table, self._label, self._choice, self._line)
            if not any(way(cell) for way in ways):
                self._rest(cell)

    def _is_title(self, cell: Cell) -> bool:
        early = not self.state.reading.title and cell.row < 12
        return early and exclusion_rules.is_title(cell.words) and office_boxes.is_alone(self.grid, cell)

    def leave(self, cell: Cell, reason: str, text: str = "") -> None:
        """List a cell that asks nothing."""
        self.used.add(cell)
        self.state.leave(text or cell.words, self.grid.address(cell), reason)

    # -- what asks nothing

    def _office(self, cell: Cell) -> bool:
        words = cell.words
        starred = re.match(r"\s*[※*]", words) and len(words) <= 20 and not self.state.star_required
        if instruction(words) and is_label(label := clean_label(words)) and not exclusion_rules.is_prose(label):
            words = label
        reason = exclusion_rules.OFFICE_BOX if starred else exclusion_rules.reason_to_skip(words)
        if self.state.star_required and re.match(r"\s*[※*]", words):
            reason = exclusion_rules.reason_to_skip(words.strip("※* "))
        if not reason and exclusion_rules.is_prose(words) and not self._box_follows(cell):
            reason = exclusion_rules.NOTE
        if reason in {exclusion_rules.NOTE, exclusion_rules.PROSE} and is_label(words) and self._box_follows(cell):
            return False
        if not reason:
            return False
        self.leave(cell, reason)
        if reason == exclusion_rules.OFFICE_BOX:
            self._leave_office_boxes(cell)
        elif reason.startswith("マイナンバー"):
            self._leave_to_right(cell, reason, whole=False)
        return True

    def _box_follows(self, cell: Cell) -> bool:
        beside = self.grid.beside(cell)
        return (
            is_label(cell.words)
            and beside is not None
            and self.grid.is_real(beside)
            and printed_boxes.is_print(beside.text)
        )

    def _leave_office_boxes(self, cell: Cell) -> None:
        if office_boxes.rest_is_office(self.grid, cell):
            self.state.rest_is_office = True
            return
        self._leave_to_right(cell, exclusion_rules.OFFICE_BOX, whole=office_boxes.is_band(self.grid, cell))
        self.used.update(office_boxes.blanks_below(self.grid, cell, self.used))

    def _leave_to_right(self, cell: Cell, reason: str, *, whole: bool) -> None:
        """What stands beside a text that asks nothing asks nothing either: the next box, or the whole row."""
        for other in office_boxes.beside(self.grid, cell, self.used, whole=whole):
            if printed_boxes.is_blank(other.text):
                self.used.add(other)
            else:
                self.leave(other, reason)

    def _papers(self, cell: Cell) -> bool:
        """Papers to be added that stand in a line of their own, or beside their label."""
        if not PAPERS.match(bare(clean_label(cell.words))):
            return False
        boxes = boxes_beside(self.grid, cell, self.used)
        choices = choice_lists.read_choices("\n".join(box.text for box in boxes))
        if choices is not None and choices.ticked:
            return False
        beside = office_boxes.beside(self.grid, cell, self.used, whole=True)
        label, papers = papers_of(cell.words, "\n".join(other.text for other in beside))
        self.used.update(beside)
        self._ask(cell, label, [Asked(label, QuestionKind.FILE, help=papers)])
        if papers:
            self.state.leave(papers, self.grid.address(cell), HELP)
        return True

    # -- what asks

    def _ask(self, cell: Cell, label: str, asked: list[Asked], group: str = "") -> None:
        self.used.add(cell)
        self.state.ask(asked, self.grid.address(cell), group or self.group_of(cell), f"{cell.words[:60]} {label}")

    def _ticks(self, cell: Cell) -> bool:
        """Boxes to tick without a label beside them: choices of the heading above, or a consent."""
        choices = choice_lists.read_choices(cell.text)
        if not is_bare_tick(cell) and (choices is None or not choices.ticked or choices.before):
            return False
        cells = ticks_from(self.grid, cell, self.used)
        text = "\n".join(one.text if not is_bare_tick(one) else "□" for one in cells)
        choices = choice_lists.read_choices(re.sub(r"□\n", "□", text))
        if choices is None:
            return False
        self.used.update(cells)
        if all(printed_boxes.is_consent(option) for option in choices.options):
            self._ask(cell, "", [Asked(option, QuestionKind.DECLARATION) for option in choices.options])
            return True
        group = self.group_of(cell)
        label = (
            group
            or self.state.heading
            or ("・".join(choices.options) if len(choices.options) < 4 else "当てはまるもの")
        )
        asked = printed_boxes.questions_of(label, re.sub(r"□\n", "□", text), self.state.told)
        self._ask(cell, label, asked, self.state.heading if label != self.state.heading else "")
        if printed_boxes.says_more(text, asked):
            self.state.leave(" ".join(text.split()), self.grid.address(cell), f"「{label}」の欄に印刷された言葉")
        return True

    def _table(self, cell: Cell) -> bool:
        table = find_table(self.grid, cell, self.used)
        if table is None:
            return False
        ask_table(self.state, self.grid, table, self.group_of(cell))
        self.used.update(table.heads, table.examples)
        for column in table.columns:
            self.used.update(column.cells)
        return True

    def _label(self, cell: Cell) -> bool:
        if not is_label(cell.words):
            return False
        label, told = clean_label(cell.words), f"{instruction(cell.words)} {self.state.told}"
        if ROLE.match(bare(label)) and self._names_what_follows(cell):
            return False
        boxes = boxes_beside(self.grid, cell, self.used) or box_below(self.grid, cell, self.used)
        if not boxes:
            return False
        if instruction(cell.words):
            self.state.leave(cell.words, self.grid.address(cell), f"「{label}」の欄の記入のしかた")
        if kind_of(label) is QuestionKind.NAME and (
            reading := re.match(r"\(?(ふりがな|フリガナ)\)?(?=.*[一-龠])", cell.words)
        ):
            self.state.leave(reading[1], self.grid.address(cell), f"「{label}」の欄に含みます")
        for at, box in enumerate(boxes):
            told_in_box = box.text.strip() if box.is_hint else ""
            name = label if at == 0 else self._name_of_further(label, box)
            asked = printed_boxes.questions_of(name, "" if box.is_hint else box.text, told)
            asked = form_lines.questions_of_lines(name, box.text) or asked
            asked = printed_boxes.consents_of(box.text) or [replace(asked[0], help=told_in_box), *asked[1:]]
            self._ask(cell, label, asked)
            self.state.listed_prints(box.text, asked, self.grid.address(box.cells[0]), label)
            self.used.update(box.cells)
        return True

    @staticmethod
    def _name_of_further(label: str, box: AnswerBox) -> str:
        choices = choice_lists.read_choices(box.text)
        return f"{label}({'・'.join(choices.options)[:40]})" if choices else label

    def _names_what_follows(self, cell: Cell) -> bool:
        """Tell whether a person's role stands over labels of the person's name and address."""
        under, beside = self.grid.at(cell.below, cell.column), self.grid.beside(cell)
        if (beside is not None and (beside.row, beside.column) in self.grid.framed) or self.grid.written:
            return False
        return under not in self.used and kind_of(under.words) in {QuestionKind.ADDRESS, QuestionKind.NAME}

    def _line(self, cell: Cell) -> bool:
        """Labels and their room in one cell: 「氏名      印」, 「電話(   )   メール     」, 「□単身 □二人」."""
        choices = choice_lists.read_choices(cell.text)
        if choices is not None and choices.ticked and choices.before and is_label(choices.before):
            label = clean_label(choices.before)
            asked = printed_boxes.questions_of(
                label, cell.text[cell.text.index(choices.before) + len(choices.before) :]
            )
            self._ask(cell, label, asked)
            self.state.listed_prints(
                cell.text, [*asked, Asked(label, QuestionKind.CHOICE)], self.grid.address(cell), label
            )
            return True
        beside = self.grid.beside(cell)
        framed = not self.grid.framed or (cell.row, cell.column) in self.grid.framed
        loose = not framed and (beside is None or not beside.text.strip())
        held = form_lines.label_with_choices(cell.text)
        if held is not None and "\n" not in cell.text.strip():
            asked = printed_boxes.questions_of(*held)
            self._ask(cell, held[0], asked)
            self.state.listed_prints(cell.text.replace(held[0], "", 1), asked, self.grid.address(cell), held[0])
            return True
        found = [(line, one) for line in cell.text.split("\n") for one in form_lines.labels_in_line(line, alone=loose)]
        if loose:
            found = [
                (line, one)
                for line, one in found
                if one.print.strip() or kind_of(one.label) is not QuestionKind.LONG_TEXT
            ]
        for _, one in found:
            asked = printed_boxes.questions_of(one.label, one.print)
            self._ask(cell, one.label, asked, one.group)
            self.state.listed_prints(printed_boxes.without_seal(one.print), asked, self.grid.address(cell), one.label)
        if found and (form_lines.left_of_line(cell.text.replace("\n", "  "), [one for _, one in found])):
            self.leave(cell, f"「{found[0][1].label}」の行に印刷された言葉")
        if found and printed_boxes.has_seal(cell.text):
            self.state.leave("印", self.grid.address(cell), exclusion_rules.SEAL_BOX)
        return bool(found)

    def _choice(self, cell: Cell) -> bool:
        """Choices without a label: 新規・更新・変更."""
        choices = choice_lists.read_choices(cell.text)
        if choices is None or not choice_lists.is_plainly_a_choice(choices) or len(choices.options) < 2:
            return False
        named = self.state.heading if office_boxes.is_alone(self.grid, cell) else ""
        label = clean_label(choices.before) or named or cell.words
        self._ask(cell, label, printed_boxes.questions_of(label, cell.text, self.state.told))
        return True

    # -- headings

    def group_of(self, cell: Cell) -> str:
        """Return the tall cell to the left of a label, which names what the rows are about; else the heading."""
        for column in range(cell.column - 1, -1, -1):
            left = self.grid.places.get((cell.row, column))
            if left is not None and left.height > 1 and left.height > cell.height and left.text.strip():
                return clean_label(left.words)
        name, rows = self.beside_heading
        return name if cell.row in rows else self.state.heading

    def _rest(self, cell: Cell) -> None:
        """What is no question may name the questions after it, in its row or below; it is listed as a heading."""
        words = clean_label(cell.words)
        if not is_label(cell.words) or len(words) > 30 or exclusion_rules.is_prose(words):
            self.leave(cell, exclusion_rules.NOTE)
            return
        beside = self.grid.beside(cell)
        if beside is not None and beside.text.strip() and beside not in self.used:
            self.beside_heading = (words, range(cell.row, cell.below))
        elif cell.height == 1 and (cell.column == 0 or office_boxes.is_alone(self.grid, cell)):
            self.state.enter(words, instruction(cell.words))
        self.leave(cell, HEADING)
