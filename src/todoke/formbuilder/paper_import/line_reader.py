"""Line reader 本文の読み取り: turns the lines of a letter, between its tables, into questions."""

import re
from dataclasses import dataclass, field

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import choice_lists, exclusion_rules, form_lines, printed_boxes
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

_ITEM = re.compile(r"^\s*(?:\d{1,2}[.、\s]|[一二三四五六七八九十][、.\s]|\(\d{1,2}\)|[ア-コ][.、\s])\s*\S")
_SUB_ITEM = re.compile(r"^\s*(?:\(\d{1,2}\)|[ア-コ][.、)\s]|・)\s*\S")
_LIST_HEAD = re.compile(r"注意|備考|要領|同封|持ち物|留意|お願い|必要なもの|記入方法|注$")
_REST_OFFICE = re.compile(r"欄|記入|記載|使用|処理")


@dataclass
class LineReader:
    """本文の読み取り: the lines in their order; a heading holds for the lines and the table after it."""

    grid: Grid
    state: ReadingState
    following: Grid | None = None
    done: set[int] = field(default_factory=set)
    listing: str = ""
    indent: int = 0

    def read(self) -> None:
        """Ask or list every line."""
        for at, cell in enumerate(self.grid.cells):
            if at not in self.done:
                self._read_line(at, cell)

    def _read_line(self, at: int, cell: Cell) -> None:
        words, address = cell.words, self.grid.address(cell)
        if self.state.rest_is_office:
            self.state.leave(words, address, exclusion_rules.OFFICE_BOX)
        elif not self.state.reading.title and exclusion_rules.is_title(words):
            self.state.reading.title = clean_label(words)
        elif printed_boxes.is_blank(cell.text):
            return
        elif not (self._ticks(at, cell) or self._skip(at, cell) or self._papers(at, cell) or self._asks(at, cell)):
            self._heading(cell)

    def _asks(self, at: int, cell: Cell) -> bool:
        choices = choice_lists.read_choices(cell.text)
        if choices is not None and choices.counted and not choices.before and self._choice(cell):
            return True
        return self._labels(at, cell) or self._item(at, cell) or self._choice(cell)

    def _skip(self, at: int, cell: Cell) -> bool:
        if self.listing and (_ITEM.match(cell.text) or _SUB_ITEM.match(cell.text)):
            self.state.leave(cell.words, self.grid.address(cell), self.listing)
            return True
        label = clean_label(cell.words)
        told = instruction(cell.words) and is_label(label) and not exclusion_rules.is_prose(label)
        reason = exclusion_rules.reason_to_skip(label if told else cell.words)
        later = self.grid.cells[at + 1].text if at + 1 < len(self.grid.cells) else ""
        if not reason and _LIST_HEAD.search(cell.words) and len(cell.words) <= 12 and _ITEM.match(later):
            reason = exclusion_rules.NOTE
        self.listing = reason if _LIST_HEAD.search(cell.words) and len(cell.words) <= 20 else ""
        if told and not reason:
            return False
        if not reason and exclusion_rules.is_prose(cell.words):
            reason = exclusion_rules.NOTE
        if not reason:
            return False
        self.state.leave(cell.words, self.grid.address(cell), reason)
        if reason == exclusion_rules.OFFICE_BOX and _REST_OFFICE.search(cell.words):
            self.state.rest_is_office = True
        if reason in {exclusion_rules.PROSE, exclusion_rules.NOTE} and not self.state.heading_cell:
            self.state.enter("")
        return True

    def _ticks(self, at: int, cell: Cell) -> bool:
        """Lines of □: the choices of the heading above, or of the words before the first; or a consent."""
        choices = choice_lists.read_choices(cell.text)
        if choices is None or not choices.ticked:
            return False
        label, told = clean_label(choices.before), instruction(choices.before)
        lines = [cell, *self._tick_lines_after(at)] if not label or "\n" not in cell.text else [cell]
        every = [one for line in lines for one in (choice_lists.read_choices(line.text) or choices).options]
        consents = [printed_boxes.is_consent(option) for option in every]
        if consents[0] and not label and all(consents):
            self.done.update(range(at + 1, at + len(lines)))
            self._consents(lines)
            return True
        if not any(consents[:1]) and any(consents) and len(consents) == len(lines):
            lines = lines[: consents.index(True)]
        self.done.update(range(at + 1, at + len(lines)))
        text = "\n".join(line.text for line in lines)
        address = self.grid.address(cell)
        if not label and self.state.heading:
            label, told = self.state.heading, self.state.told
        label = label or "当てはまるもの"
        inner = text[len(choices.before) :] if choices.before and text.startswith(choices.before) else text
        asked = printed_boxes.questions_of(label, inner.strip("\n"), f"{told} {self.state.told}")
        self.state.ask(asked, address, "" if label == self.state.heading else self.state.heading, label)
        if told or printed_boxes.says_more(text, asked):
            self.state.leave(" ".join(text.split()), address, f"「{label}」の欄に印刷された言葉")
        self._told_heading(label)
        return True

    def _tick_lines_after(self, at: int) -> list[Cell]:
        """Return the lines of boxes to tick, without words before them, that follow a line."""
        found: list[Cell] = []
        for line in self.grid.cells[at + 1 :]:
            more = choice_lists.read_choices(line.text)
            if more is None or not more.ticked or more.before:
                break
            found.append(line)
        return found

    def _consents(self, lines: list[Cell]) -> None:
        for line in lines:
            choices = choice_lists.read_choices(line.text)
            for option in choices.options if choices else ():
                self.state.ask(
                    [Asked(option, QuestionKind.DECLARATION)], self.grid.address(line), self.state.heading, ""
                )

    def _told_heading(self, label: str) -> None:
        if label == self.state.heading:
            self.state.enter("")

    def _papers(self, at: int, cell: Cell) -> bool:
        """Papers to be added: 「添付書類」 with the lines of its list below."""
        if not PAPERS.match(bare(clean_label(cell.words))):
            return False
        listed = []
        for later in range(at + 1, len(self.grid.cells)):
            line = self.grid.cells[later]
            if not _SUB_ITEM.match(line.text) and not (_ITEM.match(line.text) and not _ITEM.match(cell.text)):
                break
            self.done.add(later)
            listed.append(line.text.strip())
        label, papers = papers_of(cell.words, "\n".join(listed))
        asked = [Asked(label, QuestionKind.FILE, help=papers)]
        self.state.ask(asked, self.grid.address(cell), self.state.heading, label)
        if papers:
            self.state.leave(papers, self.grid.address(cell), HELP)
        return True

    def _labels(self, at: int, cell: Cell) -> bool:
        address = self.grid.address(cell)
        indent, self.indent = self.indent, 0
        if (held := form_lines.label_with_choices(cell.text)) is not None:
            asked = printed_boxes.questions_of(*held)
            self.state.ask(asked, address, self.state.heading, held[0])
            self.state.listed_prints(cell.text.replace(held[0], "", 1), asked, address, held[0])
            return True
        found = form_lines.labels_in_line(cell.text, alone=True)
        if not found and self._goes_on(cell, indent):
            found = [form_lines.LineLabel(clean_label(cell.words), "")]
        if not found or (len(found) == 1 and self._names_what_follows(at, cell, found[0])):
            return False
        for one in found:
            if one.group:
                self.state.enter(one.group)
            asked = printed_boxes.questions_of(one.label, one.print)
            self.state.ask(asked, address, self.state.heading, one.label)
            self.state.listed_prints(printed_boxes.without_seal(one.print), asked, address, one.label)
        self.indent = len(cell.text) - len(cell.text.lstrip())
        if printed_boxes.has_seal(cell.text):
            self.state.leave("印", address, exclusion_rules.SEAL_BOX)
        if form_lines.left_of_line(cell.text, found):
            self.state.leave(cell.words, address, f"「{found[0].label}」の行に印刷された言葉")
        return True

    @staticmethod
    def _goes_on(cell: Cell, indent: int) -> bool:
        """Tell whether a short word stands below the labels of an applicant, in their column: 職業 below 氏名."""
        here = len(cell.text) - len(cell.text.lstrip())
        return here == indent >= 4 and is_label(cell.words) and len(clean_label(cell.words)) <= 8

    def _names_what_follows(self, at: int, cell: Cell, one: form_lines.LineLabel) -> bool:
        """Tell whether a word alone in its line is a heading: a person's role over the name, 備考 over a list."""
        if re.match(r"\s{0,40}[<【〈《\[■◆●◇]", cell.text) and not re.search(r"[::] {0,9}$| {4}$|__", cell.text):
            return True
        if bare(clean_label(cell.words)) != bare(one.label) or re.search(r"[::]\s*$|\S {4,}$|__", cell.text):
            return False
        if kind_of(one.label) is QuestionKind.LONG_TEXT and not _ITEM.match(cell.text):
            return True
        later = self.grid.cells[at + 1] if at + 1 < len(self.grid.cells) else None
        return (
            later is not None
            and bool(ROLE.match(bare(one.label)))
            and bool(form_lines.labels_in_line(later.text, alone=True))
        )

    def _item(self, at: int, cell: Cell) -> bool:
        """An item of a numbered list without room: it asks, unless a table, ticks or further items explain it."""
        label = clean_label(cell.words)
        if not _ITEM.match(cell.text) or not is_label(cell.words) or len(label) > 30:
            return False
        later = self.grid.cells[at + 1] if at + 1 < len(self.grid.cells) else None
        if later is None and self.following is not None:
            return False
        if later is not None:
            choices = choice_lists.read_choices(later.text)
            nested = bool(_SUB_ITEM.match(later.text)) and not _SUB_ITEM.match(cell.text)
            labelled = not _ITEM.match(later.text) and form_lines.labels_in_line(later.text, alone=True)
            if nested or labelled or (choices is not None and not choices.before):
                return False
        asked = [Asked(label, kind_of(label) or QuestionKind.LONG_TEXT)]
        if later is not None and printed_boxes.is_print(later.text) and not _ITEM.match(later.text):
            self.done.add(at + 1)
            asked = printed_boxes.questions_of(label, later.text)
            self.state.listed_prints(later.text, asked, self.grid.address(later), label)
        self.state.ask(asked, self.grid.address(cell), self.state.heading, label)
        return True

    def _choice(self, cell: Cell) -> bool:
        """Choices in a line of their own: 新規・更新・変更."""
        choices = choice_lists.read_choices(cell.text)
        if choices is None or not choice_lists.is_plainly_a_choice(choices):
            return False
        label = clean_label(choices.before) or self.state.heading or cell.words
        self.state.ask(printed_boxes.questions_of(label, cell.text), self.grid.address(cell), "", label)
        self._told_heading(label)
        return True

    def _heading(self, cell: Cell) -> None:
        words = clean_label(cell.words)
        if is_label(cell.words) and len(words) <= 30 and words != "記" and not printed_boxes.is_print(cell.text):
            self.state.enter(words, instruction(cell.words), (self.grid, cell))
            self.state.leave(cell.words, self.grid.address(cell), HEADING)
            return
        self.state.leave(cell.words, self.grid.address(cell), exclusion_rules.NOTE)
