"""Recognition 様式の読み取り: turns labels beside boxes into questions; other texts are listed with the reason."""

import re
from dataclasses import dataclass, field

from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.paper_import import label_rules
from todoke.formbuilder.paper_import.grid import Cell, Grid, read_grids

LONGEST_LABEL = 40


@dataclass(frozen=True)
class FoundQuestion:
    """見つかった設問: a label with its presumed kind of question and its position."""

    label: str
    kind: QuestionKind
    cell: str
    group: str = ""
    required: bool = True
    repeating: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkippedText:
    """取り込まなかったもの: a text that was not turned into a question, and why."""

    text: str
    cell: str
    reason: str


@dataclass
class Recognition:
    """読み取りの結果: the title, the questions, and the skipped texts."""

    title: str = ""
    questions: list[FoundQuestion] = field(default_factory=list)
    skipped: list[SkippedText] = field(default_factory=list)


def recognise(grids: list[Grid]) -> Recognition:
    """Return the questions of all sheets and tables of a form."""
    reading = Recognition()
    for grid in grids:
        _Reader(grid, reading).read()
    reading.questions = _joined(reading)
    return reading


def read_paper_form(name: str, content: bytes) -> Recognition:
    """Return the questions of a paper form, XLSX or DOCX, told by its name. Raises Unreadable."""
    return recognise(read_grids(name, content))


@dataclass
class _Reader:
    grid: Grid
    reading: Recognition
    used: set[Cell] = field(default_factory=set)
    heading: str = ""

    def read(self) -> None:
        for cell in self.grid.cells:
            if cell in self.used or label_rules.is_blank(cell.text):
                continue
            if self._is_title(cell):
                self.reading.title = cell.words
            elif reason := label_rules.reason_to_skip(cell.words):
                self._leave(cell, reason)
                self._skip_box(cell, reason)
            elif not (self._line(cell) or self._table(cell) or self._label(cell)):
                self._rest(cell)

    def _is_title(self, cell: Cell) -> bool:
        words = label_rules.normalize(cell.words).replace(" ", "")
        return not self.reading.title and cell.row < 10 and bool(label_rules.TITLE.search(words)) and len(words) <= 40

    def _leave(self, cell: Cell, reason: str) -> None:
        self.used.add(cell)
        self.reading.skipped.append(SkippedText(cell.words, self.grid.address(cell), reason))

    def _skip_box(self, cell: Cell, reason: str) -> None:
        """What stands beside a text that only the office fills in asks nothing either."""
        if not reason.startswith(("職員", "マイナンバー")):
            return
        for other in self.grid.cells:
            if other.column >= cell.right and cell.row <= other.row < cell.below and other not in self.used:
                if label_rules.is_answer(other.text):
                    self.used.add(other)
                elif reason.startswith("職員"):
                    self._leave(other, reason)

    def _beside(self, cell: Cell) -> Cell | None:
        """Return the cell to the right; an empty place is a blank cell; None at the edge of the sheet."""
        if cell.right > self.grid.width or (cell.right == self.grid.width and self.grid.written):
            return None
        return self.grid.places.get((cell.row, cell.right)) or Cell("", cell.row, cell.right)

    def _under(self, cell: Cell, steps: int = 0) -> Cell:
        place = cell.below + steps
        return self.grid.places.get((place, cell.column)) or Cell("", place, cell.column)

    def _line(self, cell: Cell) -> bool:
        """A label and its blank in one text: 「氏名      印」, 「電話  (   )」."""
        tokens = [token for token in re.split(r"[ \u3000_]{2,}|\u3000|::?", cell.text.strip()) if token.strip()]
        words = [token for token in tokens if not label_rules.is_answer(token)]
        alone = self.grid.written and self.grid.name == "本文"
        if not words or len(words) > 2 or (len(tokens) == len(words) and not alone):
            return False
        label = label_rules.clean_label(words[-1])
        if len(words) == 1 and " " in label and alone and label_rules.kind_of(label.split(" ")[-1]):
            words = [" ".join(label.split(" ")[:-1]), label.split(" ")[-1]]
            label = words[-1]
        kind = label_rules.kind_of(label) or (label_rules.printed_kind(cell.text) if len(words) == 1 else None)
        if kind is None or "。" in label:
            return False
        if any(label_rules.SEAL.match(label_rules.normalize(token)) for token in tokens):
            self.reading.skipped.append(SkippedText("印", self.grid.address(cell), "押印欄(オンラインでは要りません)"))
        self._ask(cell, label, kind, group=words[0] if len(words) == 2 else "")
        return True

    def _label(self, cell: Cell) -> bool:
        words = label_rules.clean_label(cell.words)
        if not words or len(words) > LONGEST_LABEL or "。" in words or not re.search(r"[一-龠ぁ-んァ-ヶA-Za-z]", words):
            return False
        box = self._beside(cell)
        if box is None or not label_rules.is_answer(box.text):
            return self._self_contained(cell, words)
        choices = label_rules.options_of(box.text)
        kind = choices[0] if choices else label_rules.kind_of(words) or label_rules.printed_kind(box.text)
        if choices and label_rules.kind_of(words) is QuestionKind.DATE:
            choices, kind = None, QuestionKind.DATE
        self.used.add(box)
        after = self._beside(box)
        if after is not None and label_rules.SEAL.match(label_rules.normalize(after.text)):
            self._leave(after, "押印欄(オンラインでは要りません)")
        self._ask(cell, words, kind or QuestionKind.SHORT_TEXT, options=tuple(choices[1]) if choices else ())
        return True

    def _self_contained(self, cell: Cell, words: str) -> bool:
        """Choices printed behind their label in one box: 「世帯の別 □単身 □二人以上」."""
        found = label_rules.options_of(cell.text) if "□" in cell.text or "☐" in cell.text else None
        head = re.split(r"[□☐]", cell.words)[0].strip()
        if not found or not head:
            return False
        self._ask(cell, label_rules.clean_label(head), found[0], options=tuple(found[1]))
        return True

    def _table(self, cell: Cell) -> bool:
        """A row of heads over two or more empty rows: a group that repeats."""
        heads = [cell]
        while (beside := self._beside(heads[-1])) is not None and beside.text.strip() and beside.row == cell.row:
            if label_rules.is_answer(beside.text) or beside.height != cell.height:
                break
            heads.append(beside)
        if len(heads) < 2 or not all(self._open(head) for head in heads[1:]):
            return False
        asked = [head for head in heads if self._open(head)]
        rows = self._empty_rows(asked[-1])
        group = self._group(cell) or self.heading
        for head in asked:
            choices = label_rules.options_of(self._under(head).text)
            kind = (
                choices[0]
                if choices
                else label_rules.kind_of(head.words) or label_rules.printed_kind(self._under(head).text)
            )
            options = tuple(choices[1]) if choices else ()
            self._ask(
                head, label_rules.clean_label(head.words), kind or QuestionKind.SHORT_TEXT, group, options, rows > 1
            )
            self.used.update(self._under(head, step) for step in range(rows))
        self.used.update(heads)
        return True

    def _open(self, head: Cell) -> bool:
        under = self._under(head)
        return (
            under.row < self.grid.height + 1 and label_rules.is_answer(under.text) and not self._is_label_of_row(under)
        )

    def _is_label_of_row(self, under: Cell) -> bool:
        return (
            bool(under.text.strip())
            and label_rules.options_of(under.text) is None
            and label_rules.printed_kind(under.text) is None
        )

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
        """Return the tall cell to the left of a label, which names what the rows are about."""
        for column in range(cell.column - 1, -1, -1):
            left = self.grid.places.get((cell.row, column))
            if left is not None and left.height > 1 and left.height > cell.height and left.text.strip():
                return label_rules.clean_label(left.words)
        return ""

    def _rest(self, cell: Cell) -> None:
        """What is no question may name the questions after it; the rest is listed."""
        self.used.add(cell)
        words = label_rules.clean_label(cell.words)
        if cell.height > 1 and cell.width <= 4 and words:
            return
        if len(words) <= 25 and "。" not in words and not re.fullmatch(r"[\d()]*", label_rules.normalize(words)):
            self.heading = words
        else:
            self.reading.skipped.append(SkippedText(cell.words, self.grid.address(cell), "説明文"))

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
        group = group or self._group(cell) or self.heading
        required = not label_rules.OPTIONAL.search(label_rules.normalize(cell.words))
        found = FoundQuestion(label, kind, self.grid.address(cell), group, required, repeating, options)
        self.reading.questions.append(found)


def _joined(reading: Recognition) -> list[FoundQuestion]:
    """Let one question stand for boxes that belong together: フリガナ with 氏名, 支店 with 口座, 郵便番号 with 住所."""
    kept: list[FoundQuestion] = []
    for found in reading.questions:
        label = label_rules.normalize(found.label).replace(" ", "")
        whole = next((kind for kind, pattern in label_rules.WITHIN.items() if pattern.search(label)), None)
        near = [other for other in reading.questions if other.group == found.group and other.kind is whole]
        first = next((other for other in near if other is not found and not _is_part(other, whole)), None)
        if whole is QuestionKind.BANK_ACCOUNT:
            first = next((other for other in kept if other.kind is whole and other.group == found.group), None)
            if first is None:
                kept.append(
                    FoundQuestion("振込先の口座", whole, found.cell, found.group, found.required, found.repeating)
                )
                continue
        if whole is not None and first is not None:
            reading.skipped.append(SkippedText(found.label, found.cell, f"「{first.label}」の欄に含みます"))
            continue
        kept.append(found)
    return kept


def _is_part(found: FoundQuestion, whole: QuestionKind | None) -> bool:
    label = label_rules.normalize(found.label).replace(" ", "")
    return (
        whole in label_rules.WITHIN
        and whole is not QuestionKind.BANK_ACCOUNT
        and bool(label_rules.WITHIN[whole].search(label))
    )
