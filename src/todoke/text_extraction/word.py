"""Word 文書: a DOCX file as a person sees it: final view of changes, text boxes, content controls, tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from todoke.japanese.lookalikes import fold_lookalikes
from todoke.runtime.refusals import Unreadable
from todoke.text_extraction.paragraph_numbers import Numbering
from todoke.text_extraction.word_controls import control_text, field_text
from todoke.text_extraction.word_parts import CUT, WORD, is_on, local, value, word_parts

_WRAPPERS = {"ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "sdt", "fldSimple", "customXml", "dir", "bdo"}
_GONE = {"del", "moveFrom", "sdtPr", "pPr", "rPr", "instrText", "delText", "rt"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WINGDINGS = {"F0A8": "□", "F06F": "□", "F0FE": "☑", "F0FC": "✓", "F06C": "●", "F0A1": "○", "F0D8": "➢"}


@dataclass(frozen=True)
class TableCell:
    """表のます: its text, and the rows and columns that it covers, from 0."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1


@dataclass(frozen=True)
class WordTable:
    """表: its cells, each merged one once."""

    cells: tuple[TableCell, ...]

    def rows(self) -> list[list[str]]:
        """Return the texts of the cells row by row; a merged cell stands in its first row."""
        rows: list[list[str]] = [[] for _ in range(max((cell.row for cell in self.cells), default=-1) + 1)]
        for cell in self.cells:
            rows[cell.row].append(cell.text)
        return rows


@dataclass
class WordDocument:
    """文書: its paragraphs and tables in order, and a sentence for what could not be read."""

    blocks: list[str | WordTable] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_word(content: bytes, *, forms: bool = False) -> WordDocument:
    """Return what a DOCX file shows; as ``forms`` with controls as boxes to fill in, and with heads and feet of pages.

    Raises Unreadable for a cut, locked, old or hostile file.
    """
    names = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml")
    edges = tuple(f"word/{part}{at}.xml" for part in ("header", "footer") for at in range(1, 7)) if forms else ()
    parts = word_parts(content, *names, *edges)
    body = parts[names[0]].find(f"{{{WORD}}}body") if names[0] in parts else None
    if body is None:
        raise Unreadable(CUT)
    reader = _Reader(Numbering(parts.get(names[1]), parts.get(names[2])), parts.get(names[3]), forms=forms)
    heads = [parts[name] for name in edges if name in parts and "header" in name]
    feet = [parts[name] for name in edges if name in parts and "footer" in name]
    return reader.read(*heads, body, *feet)


class _Reader:
    def __init__(self, numbering: Numbering, footnotes: Any, *, forms: bool) -> None:
        self.numbering = numbering
        self.forms = forms
        self.footnotes = {} if footnotes is None else {one.get(f"{{{WORD}}}id"): one for one in footnotes}
        self.cited: list[str] = []
        self.images = 0
        self.open = ""

    def read(self, *bodies: Any) -> WordDocument:
        found = WordDocument([block for body in bodies for block in self.blocks(body)])
        for number, key in enumerate(tuple(self.cited), 1):
            found.blocks.append(f"(注{number}) {self.text(self.footnotes[key]).strip()}")
        if self.images:
            found.unread.append(f"図が{self.images}個あります。図の中の文字は読んでいません。")
        return found

    def blocks(self, parent: Any) -> Iterator[str | WordTable]:
        """Yield the paragraphs and tables of a body, a cell or a text box in the order in which they are read."""
        for child in parent:
            name = local(child)
            if name == "p":
                boxes: list[Any] = []
                self.open += ("" if self.open else self.numbering.label(child)) + self.inline(child, boxes)
                if not is_on(child, "pPr/rPr/del"):
                    yield fold_lookalikes(self.open)
                    self.open = ""
                for box in boxes:
                    yield from self.blocks(box)
            elif name == "tbl":
                yield self.table(child)
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(child))
            elif name == "sdt" and self.forms and (control := control_text(child)) is not None:
                yield control
            elif name in _WRAPPERS:
                yield from self.blocks(child)

    def text(self, parent: Any) -> str:
        """Return the blocks of a cell or a note as lines; a table in it row by row."""
        held, self.open = self.open, ""
        lines: list[str] = []
        for block in self.blocks(parent):
            lines += [block] if isinstance(block, str) else ["\t".join(row) for row in block.rows()]
        self.open = held
        return "\n".join(lines)

    def inline(self, node: Any, boxes: list[Any]) -> str:
        """Return the text of a paragraph or a run; text boxes anchored in it are added to ``boxes``."""
        found = []
        for child in node:
            name = local(child)
            if name in _GONE or (name == "r" and is_on(child, "rPr/vanish")):
                continue
            if name == "t":
                found.append(child.text or "")
            elif self.forms and name == "fldChar":
                found.append(field_text(child))
            elif self.forms and name == "sdt" and (control := control_text(child)) is not None:
                found.append(control)
            elif name in _SIGNS:
                found.append(_SIGNS[name])
            elif name == "sym":
                found.append(_WINGDINGS.get(child.get(f"{{{WORD}}}char", "").upper(), "〓"))
            elif name == "footnoteReference" and child.get(f"{{{WORD}}}id") in self.footnotes:
                self.cited.append(child.get(f"{{{WORD}}}id"))
                found.append(f"(注{len(self.cited)})")
            elif name == "txbxContent":
                boxes.append(child)
            else:
                self.images += name == "blip" or name == "imagedata"
                found.append(self.inline(_chosen(child) if name == "AlternateContent" else child, boxes))
        return "".join(found)

    def table(self, element: Any) -> WordTable:
        """Return the cells of a table with the rows and columns that they cover."""
        cells: list[TableCell] = []
        above: dict[int, int] = {}
        for row, line in enumerate(_parts(element, "tr")):
            column = int(value(line, "trPr/gridBefore", "0"))
            for cell in _parts(line, "tc"):
                width = max(1, min(int(value(cell, "tcPr/gridSpan", "1")), 200))
                merged = cell.find(f"{{{WORD}}}tcPr/{{{WORD}}}vMerge")
                goes_on = merged is not None and merged.get(f"{{{WORD}}}val", "continue") == "continue"
                if goes_on and column in above:
                    up = cells[above[column]]
                    cells[above[column]] = TableCell(up.text, up.row, up.column, row - up.row + 1, up.width)
                else:
                    cells.append(TableCell(self.text(cell), row, column, 1, width))
                    above[column] = len(cells) - 1
                column += width
        return WordTable(tuple(cells))


def _parts(parent: Any, wanted: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also in content controls; deleted rows are gone."""
    for child in parent:
        name = local(child)
        if name == wanted:
            if not is_on(child, "trPr/del") and not is_on(child, "tcPr/cellDel"):
                yield child
        elif name in _WRAPPERS:
            yield from _parts(child, wanted)


def _chosen(alternate: Any) -> Any:
    """Return the one of several renderings that Word shows; the others repeat it."""
    return next((one for one in alternate if local(one) in {"Choice", "Fallback"}), ())
