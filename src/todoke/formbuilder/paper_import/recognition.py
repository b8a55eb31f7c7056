"""Recognition 様式の読み取り: turns labels beside boxes into questions; other texts are listed with the reason."""

import re
from dataclasses import dataclass, field

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import label_rules, printed_boxes
from todoke.formbuilder.paper_import.findings import FoundQuestion, Recognition, SkippedText, join_boxes
from todoke.formbuilder.paper_import.grid import Cell, Grid, read_grids

LONGEST_LABEL = 40
SEAL_BOX = "押印欄(オンラインでは要りません)"


def recognise(grids: list[Grid]) -> Recognition:
    """Return the questions of all sheets and tables of a form; every other text is listed with the reason."""
    reading = Recognition()
    for grid in grids:
        _Reader(grid, reading).read()
    reading.questions = join_boxes(reading)
    return reading


def read_paper_form(name: str, content: bytes) -> Recognition:
    """Return the questions of a paper form, XLSX or DOCX, told by its name. Raises Unreadable."""
    return recognise(read_grids(name, content))


@dataclass
class _Reader:
    grid: Grid
    reading: Recognition
    used: set[Cell] = field(default_factory=set)
    told: set[Cell] = field(default_factory=set)
    heading: str = ""
    beside_heading: tuple[str, range] = ("", range(0))
    headings: set[Cell] = field(default_factory=set)

    def read(self) -> None:
        for cell in self.grid.cells:
            if cell in self.used or label_rules.is_blank(cell.text):
                continue
            if self._is_title(cell):
                self.reading.title = cell.words
                self.told.add(cell)
            elif reason := label_rules.reason_to_skip(cell.words):
                self._leave(cell, reason)
                self._skip_box(cell, reason)
            elif not (self._papers(cell) or self._line(cell) or self._table(cell) or self._label(cell)):
                self._rest(cell)
        self._account()

    def _account(self) -> None:
        """List every text that is no question and not yet listed, also a label that only became a heading."""
        groups = {label_rules.bare(question.group) for question in self.reading.questions}
        for cell in self.grid.cells:
            named = label_rules.bare(label_rules.clean_label(cell.words)) in groups
            if cell in self.told or label_rules.is_blank(cell.text) or (named and cell not in self.headings):
                continue
            self._leave(cell, "見出しにしました(設問にはしていません)" if named else "見出しか、欄の見つからない言葉")

    def _is_title(self, cell: Cell) -> bool:
        words = label_rules.bare(cell.words)
        return not self.reading.title and cell.row < 10 and bool(label_rules.TITLE.search(words)) and len(words) <= 40

    def _leave(self, cell: Cell, reason: str, text: str = "") -> None:
        self.used.add(cell)
        self.told.add(cell)
        if self.grid.written and reason in {"本文", "説明文"}:
            self.heading = ""
        self.reading.skipped.append(SkippedText(text or cell.words, self.grid.address(cell), reason))

    def _skip_box(self, cell: Cell, reason: str) -> None:
        """What stands beside a text that only the office fills in asks nothing either."""
        if not reason.startswith(("職員", "マイナンバー")):
            return
        for other in self.grid.cells:
            if other.column >= cell.right and cell.row <= other.row < cell.below and other not in self.used:
                if label_rules.is_blank(other.text):
                    self.used.add(other)
                else:
                    self._leave(other, reason)

    def _beside(self, cell: Cell) -> Cell | None:
        """Return the cell to the right; an empty place is a blank cell; None at the edge of the sheet."""
        if cell.right > self.grid.width or (cell.right == self.grid.width and self.grid.written):
            return None
        return self.grid.places.get((cell.row, cell.right)) or Cell("", cell.row, cell.right)

    def _under(self, cell: Cell, steps: int = 0) -> Cell:
        place = cell.below + steps
        return self.grid.places.get((place, cell.column)) or Cell("", place, cell.column)

    def _papers(self, cell: Cell) -> bool:
        """Papers to be added that stand in a line of their own: 「添付書類　１　位置図　２　計画書」."""
        box = self._beside(cell)
        if not label_rules.PAPERS.match(cell.words) or (box is not None and not label_rules.is_blank(box.text)):
            return False
        label = cell.words if len(cell.words) <= LONGEST_LABEL else "添付書類"
        if label != cell.words:
            self._leave(cell, "添付書類の説明")
        self._ask(cell, label_rules.clean_label(label), QuestionKind.FILE)
        return True

    def _line(self, cell: Cell) -> bool:
        """Labels and their blanks in one text: 「氏名      印」, 「連絡先　電話  (   )　メール     」."""
        alone = self.grid.written and self.grid.name == "本文"
        found = printed_boxes.labels_in_line(cell.text, alone=alone)
        if not found:
            return False
        if label_rules.has_seal(cell.text):
            self.reading.skipped.append(SkippedText("印", self.grid.address(cell), SEAL_BOX))
        if printed_boxes.line_says_more(cell.text, found):
            self._leave(cell, f"「{found[0][0]}」の行に印刷された言葉")
        for label, kind, group in found:
            self._ask(cell, label, kind, group=group)
        if alone and found[-1][2]:
            self.heading = found[-1][2]
        return True

    def _label(self, cell: Cell) -> bool:
        words = label_rules.clean_label(cell.words)
        if not words or len(words) > LONGEST_LABEL or "。" in words or not re.search(r"[一-龠ぁ-んァ-ヶA-Za-z]", words):
            return False
        box = self._beside(cell)
        if box is None or not (label_rules.is_answer(box.text) or printed_boxes.is_fill_in(box.text)):
            return self._self_contained(cell, words) or self._box_below(cell, words)
        first = box
        while box is not None and box not in self.used and self._take_box(cell, words, box, first):
            box = self._beside(box)
        if box is not None and label_rules.SEAL.match(label_rules.normalize(box.text)):
            self._leave(box, SEAL_BOX)
        return True

    def _take_box(self, cell: Cell, words: str, box: Cell, first: Cell) -> bool:
        """Ask for one box beside a label; a further one belongs to it only if its print names it: 携帯(   )."""
        asked = printed_boxes.questions_of(words, box.text)
        if box is not first and not printed_boxes.named_part(box.text):
            return False
        self.used.add(box)
        if printed_boxes.says_more(box.text, asked):
            self._leave(box, f"「{words}」の欄に印刷された言葉")
        elif label_rules.has_seal(box.text):
            self.reading.skipped.append(SkippedText("印", self.grid.address(box), SEAL_BOX))
        self.told.add(box)
        for label, kind, options in asked:
            self._ask(cell, label, kind, options=options)
        return True

    def _box_below(self, cell: Cell, words: str) -> bool:
        """A label over its box, for a label that is known: 「理由」 over an empty line."""
        box, kind = self._under(cell), label_rules.kind_of(words)
        if kind is None or box in self.used or not self.grid.cells or box.row >= self.grid.height:
            return False
        if not label_rules.is_answer(box.text) or (box.text == "" and (box.row, box.column) not in self.grid.places):
            return False
        self.used.add(box)
        self._ask(cell, words, kind)
        return True

    def _self_contained(self, cell: Cell, words: str) -> bool:
        """Choices printed behind their label in one box: 「世帯の別 □単身 □二人以上」."""
        found = label_rules.options_of(cell.text) if re.search("[□☐]", cell.text) else None
        head = re.split(r"[□☐]", cell.words)[0].strip()
        if not found or not head:
            return False
        self._ask(cell, label_rules.clean_label(head), found[0], options=tuple(found[1]))
        return True

    def _table(self, cell: Cell) -> bool:
        """A row of heads over two or more empty rows: a group that repeats."""
        heads = [cell]
        while (beside := self._beside(heads[-1])) is not None and beside.text.strip() and beside.row == cell.row:
            if label_rules.is_answer(beside.text) or printed_boxes.is_fill_in(beside.text):
                return False
            if beside.height != cell.height:
                break
            heads.append(beside)
        if len(heads) < 2 or (beside in self.grid.cells and label_rules.is_blank(beside.text)):
            return False
        if not all(self._open(head) for head in heads[1:]):
            return False
        asked = [head for head in heads if self._open(head)]
        rows = min(map(self._empty_rows, asked))
        group = self._group(cell)
        if not self._open(cell) and self._under(cell).words in {"1", "例"}:
            group = label_rules.clean_label(cell.words)
        for head in asked:
            under = self._under(head)
            choices = label_rules.options_of(under.text)
            told = label_rules.kind_of(head.words) or label_rules.printed_kind(under.text)
            kind, options = choices or (told or QuestionKind.SHORT_TEXT, [])
            self._ask(head, label_rules.clean_label(head.words), kind, group, tuple(options), rows > 1)
            boxes = [self._under(head, step) for step in range(rows)]
            self.used.update(boxes)
            self.told.update(boxes)
        self.used.update(heads)
        return True

    def _open(self, head: Cell) -> bool:
        under = self._under(head)
        return under.row < self.grid.height + 1 and label_rules.is_answer(under.text)

    def _empty_rows(self, head: Cell) -> int:
        rows = 0
        while head.below + rows < max(self.grid.height, head.below + 1) and label_rules.is_answer(
            self._under(head, rows).text
        ):
            left = self.grid.places.get((head.below + rows, 0))
            if left is not None and left.height == 1 and label_rules.kind_of(left.words):
                break
            rows += 1
        return rows

    def _group(self, cell: Cell) -> str:
        """Return the tall cell to the left of a label, which names what the rows are about; else the heading."""
        for column in range(cell.column - 1, -1, -1):
            left = self.grid.places.get((cell.row, column))
            if left is not None and left.height > 1 and left.height > cell.height and left.text.strip():
                return label_rules.clean_label(left.words)
        name, rows = self.beside_heading
        return name if cell.row in rows else self.heading

    def _rest(self, cell: Cell) -> None:
        """What is no question may name the questions after it, in its row or below; the rest is listed."""
        self.used.add(cell)
        words = label_rules.clean_label(cell.words)
        if cell.height > 1 and cell.width <= 4 and words:
            return
        if len(words) > 25 or "。" in words or re.fullmatch(r"[\d()]*", label_rules.normalize(words)):
            self._leave(cell, "説明文")
            return
        self.headings.add(cell)
        if (beside := self._beside(cell)) is not None and beside.text.strip():
            self.beside_heading = (words, range(cell.row, cell.below))
        else:
            self.heading = words

    def _ask(
        self,
        cell: Cell,
        label: str,
        kind: QuestionKind,
        group: str = "",
        options: tuple[str, ...] = (),
        repeating: bool = False,
    ) -> None:
        self.used.add(cell)
        self.told.add(cell)
        group = group or self._group(cell)
        required = not label_rules.OPTIONAL.search(label_rules.normalize(cell.words))
        found = FoundQuestion(label, kind, self.grid.address(cell), group, required, repeating, options)
        self.reading.questions.append(found)
