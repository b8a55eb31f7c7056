"""FAQ table 問答の表: the sheet of questions and answers that a section keeps, row by row; wrong rows are named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.days import parse_cell_date
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

MOST = 5_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "question": ("質問", "質問内容", "質問文", "問い", "問", "よくある質問", "お問い合わせ内容", "問合せ内容", "Q"),
    "answer": ("回答", "回答内容", "回答文", "答え", "答", "お答え", "A"),
    "wordings": ("ほかの聞き方", "言い換え", "別の言い方", "キーワード", "検索キーワード", "検索語", "タグ"),
    "department": (
        "担当部署", "担当課", "担当", "部署", "部署名", "課名", "所管課", "所管", "所属", "主管課",
        "問い合わせ先", "問合せ先",
    ),
    "review_on": ("見直す日", "見直し日", "次回見直し日", "見直し期限", "次の見直し"),
}  # fmt: skip
"""The columns of the table, each with its usual heading and the others that mean the same."""
HEADINGS = Headings(
    required=(COLUMNS["question"], COLUMNS["answer"]),
    known=tuple(name for key in ("wordings", "department", "review_on") for name in COLUMNS[key]),
    every_row=True,
)
LONGEST = {"question": 200, "answer": 4000, "wordings": 1000}
_BREAK = re.compile(r"<br\s{0,3}/?>|</(?:p|li|div|tr|h[1-6])>", re.IGNORECASE)
_TAG, _BLANKS = re.compile(r"</?[a-zA-Z][^<>]*>"), re.compile(r"\n{3,}")
_MARK = re.compile(r"(?:[QqQqAaAa]\s{0,3}\d{0,4}|問\s{0,3}\d{1,4}|答)\s{0,3}[.．::)）]")
_BETWEEN = re.compile(r"[、,,;;\n]+")


@dataclass(frozen=True)
class FaqRow:
    """問答の表の行: one question as it was understood; what is empty was not written."""

    line: int
    question: str
    answer: str
    wordings: str = ""
    department: str = ""
    review_on: date | None = None


@dataclass(frozen=True)
class FaqDefect:
    """問答の表の不備: a row that cannot be taken, and what to do."""

    line: int
    question: str
    problem: str


@dataclass(frozen=True)
class FaqTable:
    """読んだ問答の表: its rows, the rows that cannot be taken, and what was passed over, in sentences."""

    rows: list[FaqRow]
    defects: list[FaqDefect]
    hints: list[str]


def read_faqs(content: bytes) -> FaqTable:
    """Return the questions and answers of a CSV or Excel file. Raises Unreadable where it is no such table."""
    table = read_bounded(read_table, content, [HEADINGS], most=MOST)
    rows, defects, seen = list[FaqRow](), list[FaqDefect](), dict[str, int]()
    for line, cells in table.records():
        given = {key: _cell(cells, names) for key, names in COLUMNS.items()}
        if not given["question"] and not given["answer"]:
            continue
        problem = _problem(given)
        if not problem and (first := seen.setdefault(question_key(given["question"]), line)) != line:
            problem = f"{first}行目と同じ質問です。どちらかを消してください。"
        if problem:
            defects.append(FaqDefect(line, given["question"][:60], problem))
        else:
            day = parse_cell_date(given["review_on"]) if given["review_on"] else None
            rows.append(FaqRow(line, given["question"], given["answer"], given["wordings"], given["department"], day))
    if not rows and not defects:
        raise Unreadable("表に、質問と答えのある行がありません。")
    return FaqTable(rows, defects, table.passed_over({name for names in COLUMNS.values() for name in names}))


def question_key(question: str) -> str:
    """Return a question folded for comparison: without white space and closing marks."""
    return re.sub(r"[\s。．.??!!]", "", question).casefold()


def _cell(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return a cell as plain text: marks of the web, 「Q1.」 and blanks at the ends of lines are taken away."""
    written = next((cells[name] for name in names if cells.get(name)), "")
    text = _TAG.sub("", _BREAK.sub("\n", written)) if "<" in written else written
    text = unescape(text) if "&" in text else text
    text = text.replace("\r\n", "\n").replace("_x000D_", "").strip()
    text = text[marked.end() :].lstrip() if (marked := _MARK.match(text)) else text
    text = _BLANKS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n")))
    if names is COLUMNS["question"]:
        return " ".join(text.split())
    return "\n".join(filter(None, map(str.strip, _BETWEEN.split(text)))) if names is COLUMNS["wordings"] else text


def _problem(given: Mapping[str, str]) -> str:
    """Return why a row cannot be taken, and what to do; nothing where it can."""
    for key, label in (("question", "質問"), ("answer", "答え")):
        if not given[key]:
            return f"{label}が空です。"
    for key, most in LONGEST.items():
        if len(given[key]) > most:
            return f"{COLUMNS[key][0]}が{len(given[key]):,}文字あります。{most:,}文字までに短くしてください。"
    if given["review_on"] and parse_cell_date(given["review_on"]) is None:
        return f"見直す日「{given['review_on'][:20]}」が読めません。例: 令和9年4月1日"
    return ""
