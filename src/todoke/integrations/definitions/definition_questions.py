"""Definition questions 定義の設問: a list of questions of another service as questions of ours.

Every row becomes a question or stands among what was not taken, with the reason; so does every column that is not read
and every value that has no place here. Pure.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import.exclusion_rules import MY_NUMBER
from todoke.formbuilder.paper_import.findings import FoundQuestion, Recognition, join_boxes
from todoke.formbuilder.paper_import.label_rules import kind_of
from todoke.integrations.definitions import definition_columns as columns
from todoke.integrations.definitions.kind_words import NONE, SECTION, meaning_of
from todoke.spreadsheets.heading_guesses import heading_key

LONGEST = {"label": 300, "help": 300, "option": 120, "section": 80}
MOST_OPTIONS = 100
SEPARATORS = ("\n", ";", ";", "|", ",", ",", "、", "/")
YES = frozenset(map(heading_key, ("必須", "はい", "要", "必要", "yes", "true", "1", "required", "on", "あり", "する")))
NO = frozenset(map(heading_key, ("任意", "いいえ", "不要", "no", "false", "0", "optional", "off", "なし", "しない")))
SIGNS = {
    "○": True,
    "〇": True,
    "◯": True,
    "●": True,
    "*": True,
    "＊": True,
    "✓": True,
    "×": False,
    "✕": False,
    "-": False,
}
CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
COMPOSED = frozenset({
    QuestionKind.NAME, QuestionKind.ADDRESS, QuestionKind.EMAIL, QuestionKind.PHONE, QuestionKind.CORPORATE_NUMBER,
})  # fmt: skip
"""Kinds that other services have as a line of text, and that a label tells."""
_TAG = re.compile(r"<[^<>]{1,200}>")
_MINE = re.compile(r"個人番号(?!カード)|マイナンバー(?!カード)")


@dataclass(frozen=True)
class DefinitionTable:
    """設問の一覧: the columns of a list of questions, its rows with their place in the file, and what is no row.

    ``left`` holds texts of the file that no row says: place, text, reason.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str, str]], ...]
    left: tuple[tuple[str, str, str], ...] = ()

    def words_of(self, roles: Mapping[str, str]) -> list[str]:
        """Return the different words that the column of kinds holds, in their order."""
        names = [heading for heading, role in roles.items() if role == columns.KIND]
        return list(
            dict.fromkeys(cells[name].strip() for _, cells in self.rows for name in names if cells[name].strip())
        )

    def samples(self) -> dict[str, str]:
        """Return the first thing that each column says."""
        said = {
            name: next((cells[name].strip() for _, cells in self.rows if cells[name].strip()), "")
            for name in self.headings
        }
        return {name: " ".join(text.split())[:40] for name, text in said.items()}


def guess_meanings(words: Sequence[str]) -> dict[str, str]:
    """Return what each word for a kind likely means; "" for one that nobody knows."""
    return {word: meaning_of(word) for word in words}


def read_questions(table: DefinitionTable, roles: Mapping[str, str], meanings: Mapping[str, str]) -> Recognition:
    """Return the questions of a table by what its columns say and its words for kinds mean, and all that is left."""
    found = Recognition(title=table.title)
    for place, text, reason in table.left:
        found.say_left(text[:1000], place, reason)
    unread = [heading for heading in table.headings if not roles.get(heading)]
    for heading in unread:
        said = [place for place, cells in table.rows if cells[heading].strip()]
        found.say_left(
            heading, "列", f"取り込まない列({len(said)}行に記入があります)" if said else "取り込まない列(空です)"
        )
    reader = _RowReader(found, roles, meanings)
    for place, cells in table.rows:
        reader.read(place, cells)
    found.questions = join_boxes(found)
    return found


class _RowReader:
    """行の読み手: reads one row after another; a row of a section names those below it."""

    def __init__(self, found: Recognition, roles: Mapping[str, str], meanings: Mapping[str, str]) -> None:
        self.found, self.roles, self.meanings = found, roles, meanings
        self.section = ""

    def read(self, place: str, cells: Mapping[str, str]) -> None:
        """Add the question of a row, or say why there is none."""
        label = plain(self._cell(cells, columns.LABEL))
        word = self._cell(cells, columns.KIND).strip()
        meaning = self.meanings.get(word, "") if word else ""
        if section := plain(self._cell(cells, columns.SECTION)):
            self.section = self._cut(section, "section", place)
        said = "、".join(each.strip() for each in cells.values() if each.strip())
        if not label:
            self.found.say_left(said[:200] or "空の行", place, "設問の言葉がありません")
        elif _MINE.search(label):
            self.found.say_left(label, place, MY_NUMBER)
        elif meaning == NONE:
            self.found.say_left(label, place, f"「{word}」に当たる設問がありません")
        elif meaning == SECTION:
            self.section = self._cut(label, "section", place)
            self.found.say_left(label, place, "ページや区切りの見出しにしました")
            self._tell_unused(cells, place, (columns.OPTIONS, columns.HELP))
        else:
            self._question(place, cells, label, word, meaning)

    def _question(self, place: str, cells: Mapping[str, str], label: str, word: str, meaning: str) -> None:
        options = self._options(cells, place)
        kind = self._kind(label, word, meaning, options, place)
        made = FoundQuestion(
            self._cut(label, "label", place), kind, place, self.section, self._required(cells, place),
            help=self._cut(plain(self._cell(cells, columns.HELP), lines=True), "help", place),
        )  # fmt: skip
        if kind in CHOOSING:
            made = replace(made, options=tuple(options))
        elif options:
            self.found.say_left("、".join(options)[:200], place, "この種類の設問には、選択肢を付けられません")
        self.found.questions.append(made)

    def _kind(self, label: str, word: str, meaning: str, options: Sequence[str], place: str) -> QuestionKind:
        """Return the kind of a question: what its word means, else what its label tells; a change is said."""
        told = kind_of(label)
        if not meaning:
            guessed = QuestionKind.CHOICE if options else told or QuestionKind.SHORT_TEXT
            if word:
                self.found.say_left(word, place, "種類が分からないので、設問の言葉から見込みました")
            return guessed if guessed not in CHOOSING or options else QuestionKind.SHORT_TEXT
        kind = QuestionKind(meaning)
        if kind is QuestionKind.CHOICES and len(options) == 1 and re.search("同意|誓約|確認", label + options[0]):
            return QuestionKind.DECLARATION
        if kind in CHOOSING and not options:
            self.found.say_left(word, place, "選択肢がないので、文章で答える設問にしました")
            return QuestionKind.SHORT_TEXT
        return told if kind is QuestionKind.SHORT_TEXT and told in COMPOSED and told is not None else kind

    def _required(self, cells: Mapping[str, str], place: str) -> bool:
        text = self._cell(cells, columns.REQUIRED).strip()
        if not text:
            return False
        if text in SIGNS or heading_key(text) in YES | NO:
            return SIGNS.get(text, heading_key(text) in YES)
        self.found.say_left(text[:200], place, "必須か任意か分からないので、必須にしました")
        return True

    def _options(self, cells: Mapping[str, str], place: str) -> list[str]:
        texts = [cells.get(heading, "") for heading, role in self.roles.items() if role == columns.OPTIONS]
        filled = [text for text in texts if text.strip()]
        parts = filled if len(texts) > 1 and all("\n" not in text for text in filled) else [
            part for text in filled for part in split_options(text)
        ]  # fmt: skip
        labels = dict.fromkeys(self._cut(plain(part), "option", place) for part in parts if plain(part))
        for extra in list(labels)[MOST_OPTIONS:]:
            self.found.say_left(extra, place, f"選択肢は{MOST_OPTIONS}個までです")
        return list(labels)[:MOST_OPTIONS]

    def _cut(self, text: str, what: str, place: str) -> str:
        """Return a text as long as it may be, and say what is cut off."""
        most = LONGEST[what]
        if len(text) > most:
            self.found.say_left(text[most:], place, f"長すぎるので、{most}文字で切りました")
        return text[:most].strip()

    def _tell_unused(self, cells: Mapping[str, str], place: str, roles: Sequence[str]) -> None:
        for role in roles:
            if text := plain(self._cell(cells, role)):
                self.found.say_left(text[:200], place, f"見出しの行の「{columns.ROLES[role]}」")

    def _cell(self, cells: Mapping[str, str], role: str) -> str:
        names = [heading for heading, each in self.roles.items() if each == role]
        return "\n".join(text for name in names if (text := cells.get(name, "").strip()))


def split_options(text: str) -> list[str]:
    """Return the choices of one cell, by lines, else by the first sign between them that it has."""
    found = next((sign for sign in SEPARATORS if sign in text.strip()), "\n")
    return [part.strip() for part in text.split(found) if part.strip()]


def plain(text: str, *, lines: bool = False) -> str:
    """Return a text without markup and control characters, in one line or, with ``lines``, several."""
    bare = html.unescape(_TAG.sub("", re.sub(r"<br ?/?>|</p>", "\n", text, flags=re.IGNORECASE)))
    kept = [" ".join(line.split()) for line in _TAG.sub("", bare).splitlines()]
    shown = [re.sub(r"[\x00-\x1f\x7f]", "", line) for line in kept if line]
    return "\n".join(shown) if lines else " ".join(shown)
