"""Definition files 定義のファイル: a list of questions in CSV, Excel or JSON, or a table of answers below them.

Of a table of answers only the headings are kept, and the few words that a column of choices repeats.
"""

import tempfile
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from todoke.file_validation.json_text import read_json
from todoke.integrations.definitions.definition_columns import LABEL, OPTIONS, ROLES
from todoke.integrations.definitions.definition_json import STAMPED, questions_of
from todoke.integrations.definitions.definition_questions import DefinitionTable
from todoke.integrations.imports.column_targets import SYNONYMS, column_names
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.heading_guesses import heading_key
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.reader import open_sheet
from todoke.spreadsheets.rows_below import in_words

LARGEST = 2_000_000
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 400, 60, 400_000
MOST_ANSWERS, MOST_CHOICES, SHORT, OFTEN = 5_000, 8, 30, 3
"""Answers looked at, and how many different short words, each so often, make a column of choices."""
STAMPS = frozenset(heading_key(word) for words in SYNONYMS.values() for word in words)


class Holds(StrEnum):
    """ファイルの中身: what each row of the file is."""

    QUESTIONS = "questions"
    ANSWERS = "answers"


def read_definition(name: str, content: bytes, holds: str) -> DefinitionTable:
    """Return the list of questions that a file holds. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(f"ファイルが大きすぎます({LARGEST // 1_000_000}MBまで)。")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        found = _shaped(_json(content))
    else:
        found = _table(Path(name).stem, content, holds)
    if len(found.rows) > MOST_ROWS or len(found.headings) > MOST_COLUMNS:
        raise Unreadable(f"設問が多すぎます。{MOST_ROWS}行、{MOST_COLUMNS}列までに分けてください。")
    if sum(len(text) for _, cells in found.rows for text in cells.values()) > MOST_LETTERS:
        raise Unreadable(f"文字が多すぎます。{MOST_LETTERS:,}文字までに分けてください。")
    if not found.rows:
        raise Unreadable("設問がありません。見出しの下に、設問が一行ずつある表を選んでください。")
    return found


def _json(content: bytes) -> Any:
    try:
        return read_json(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise Unreadable("JSON として読めません。書き出したままのファイルを選んでください。") from problem


def _shaped(told: Any) -> DefinitionTable:
    """Return the questions of a JSON document. Raises Unreadable also where its parts have another shape."""
    try:
        return questions_of(told)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise Unreadable("様式の JSON の書き方が違います。書き出したままのファイルを選んでください。") from problem


def _table(title: str, content: bytes, holds: str) -> DefinitionTable:
    with tempfile.NamedTemporaryFile(prefix="todoke-definition-") as file:
        file.write(content)
        file.flush()
        sheet = open_sheet(Path(file.name), (Headings((), every_row=True),), guess=True)
        headings = tuple(column_names(sheet.headers))
        if holds == Holds.ANSWERS:
            return _of_answers(title, headings, [cells for _, cells in islice(sheet.rows, MOST_ANSWERS)])
        rows = [(f"{line}行目", _named(headings, cells)) for line, cells in islice(sheet.rows, MOST_ROWS + 1)]
        left = [("表", text, "表から除いたもの") for text in in_words(sheet.left_out)]
    return DefinitionTable(title, headings, tuple(rows), tuple(left))


def _named(headings: tuple[str, ...], cells: list[str]) -> Mapping[str, str]:
    return {name: cells[at] if at < len(cells) else "" for at, name in enumerate(headings)}


def _of_answers(title: str, headings: tuple[str, ...], answers: list[list[str]]) -> DefinitionTable:
    """Return the headings as questions; what the other service stamps itself is left out by name."""
    blank = dict.fromkeys(ROLES.values(), "")
    rows, left = list[tuple[str, Mapping[str, str]]](), list[tuple[str, str, str]]()
    for at, heading in enumerate(headings):
        place = f"{at + 1}列目"
        if heading_key(heading) in STAMPS:
            left.append((place, heading, STAMPED))
            continue
        words = Counter(cells[at].strip() for cells in answers if at < len(cells) and cells[at].strip())
        few = len(words) <= MOST_CHOICES and all(len(word) <= SHORT and "\n" not in word for word in words)
        options = "\n".join(words) if len(words) > 1 and few and min(words.values()) >= OFTEN else ""
        rows.append((place, {**blank, ROLES[LABEL]: heading, ROLES[OPTIONS]: options}))
    return DefinitionTable(title, tuple(ROLES.values()), tuple(rows), tuple(left))
