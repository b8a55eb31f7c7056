"""Staff table 職員名簿: the rows of a table of departments, posts and people, and what is wrong in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import to_half_width
from todoke.organization.models import Post
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.spreadsheets.reader import Headings
from todoke.spreadsheets.table import Table, read_table

MOST = 20_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("部署コード", "課コード", "所属コード"),
    "department": ("部署名", "部署", "所属", "課名"),
    "parent": ("上位の部署コード", "上位部署コード", "部コード"),
    "phone": ("部署の電話番号", "電話番号", "電話"),
    "title": ("職名", "職位", "役職"),
    "role": ("役割",),
    "name": ("氏名", "職員氏名", "名前"),
    "kana": ("フリガナ", "カナ氏名", "氏名カナ"),
    "email": ("メールアドレス", "メール", "電子メール"),
    "starts_on": ("着任日", "発令日"),
    "ends_on": ("離任日",),
}
"""The columns of the table, each with its usual heading and the others that mean the same."""
HEADS = tuple(names[0] for names in COLUMNS.values())
REQUIRED = ("code", "department")
HEADINGS = Headings(
    required=tuple(COLUMNS[each] for each in REQUIRED),
    known=tuple(name for each, names in COLUMNS.items() if each not in REQUIRED for name in names),
    every_row=True,
)
LONGEST = {"code": 20, "department": 100, "phone": 20, "title": 50, "name": 100, "kana": 100}
ROLE_OF_TITLE: tuple[tuple[str, str], ...] = (
    ("区長", "mayor"), ("市長", "mayor"), ("町長", "mayor"), ("村長", "mayor"), ("課長", "chief"), ("室長", "chief"),
    ("所長", "chief"), ("部長", "director"), ("局長", "director"),
)  # fmt: skip
"""The role of a post whose column 役割 is empty, by how its title ends."""
EXPORTED_TOO = frozenset({"登録"})
"""A column of the exported register that is passed over in silence."""
_AIDES = ("補佐", "代理", "副")


@dataclass(frozen=True)
class StaffRow:
    """名簿の行: one line as it was understood; days are ISO 8601, what is empty was not written."""

    line: int
    code: str
    department: str
    parent: str = ""
    phone: str = ""
    title: str = ""
    role: str = ""
    name: str = ""
    kana: str = ""
    email: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True)
class StaffDefect:
    """名簿の不備: one cell that cannot be taken, why, and what to do."""

    line: int
    column: str
    value: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class StaffTable:
    """読んだ名簿: its rows, its defects, and what was passed over, in sentences."""

    rows: list[StaffRow]
    defects: list[StaffDefect]
    hints: list[str]


def read_staff(content: bytes) -> StaffTable:
    """Return the staff of a CSV or Excel file. Raises Unreadable where it is no table of staff."""
    table = read_bounded(read_table, content, [HEADINGS], most=MOST)
    rows, defects = list[StaffRow](), list[StaffDefect]()
    for line, cells in _cells(table):
        if any(cells.values()):
            row, wrong = _row(line, cells)
            rows.append(row)
            defects += wrong
    known = {name for names in COLUMNS.values() for name in names} | EXPORTED_TOO
    return StaffTable(rows, [*defects, *_contradictions(rows)], table.passed_over(known))


def _cells(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in table.records():
        yield line, {key: next((cells[n] for n in names if cells.get(n)), "") for key, names in COLUMNS.items()}


def _row(line: int, cells: dict[str, str]) -> tuple[StaffRow, list[StaffDefect]]:
    wrong: list[StaffDefect] = []

    def refuse(key: str, problem: str, remedy: str) -> None:
        wrong.append(StaffDefect(line, COLUMNS[key][0], cells[key][:200], problem, remedy))

    given = {**cells, "code": to_half_width(cells["code"]), "parent": to_half_width(cells["parent"])}
    for key in REQUIRED:
        if not cells[key]:
            refuse(key, "空です", f"{COLUMNS[key][0]}を書いてください。")
    if given["code"] and not _is_code(given["code"]):
        refuse("code", "部署コードに使えない字があります", "半角の英数字とハイフンで書いてください。")
    for key, most in LONGEST.items():
        if len(given[key]) > most:
            refuse(key, f"{most}文字を超えています", "短くしてください。")
    given["email"] = mail_address(cells["email"])
    if cells["email"] and not is_mail_address(cells["email"]):
        refuse("email", "メールアドレスの形が違います", "届くアドレスを書いてください。")
    for key in ("starts_on", "ends_on"):
        day = parse_cell_date(cells[key]) if cells[key] else None
        if cells[key] and day is None:
            refuse(key, "日付として読めません", "例: 2027年4月1日、令和9年4月1日")
        given[key] = day.isoformat() if day else ""
    given["role"] = _role(cells, refuse)
    for key, needed, why in (
        ("name", "email", "氏名があるのに、メールアドレスがありません"),
        ("email", "name", "メールアドレスがあるのに、氏名がありません"),
        ("name", "title", "氏名があるのに、職名がありません"),
    ):
        if cells[key] and not cells[needed]:
            refuse(needed, why, f"{COLUMNS[needed][0]}を書いてください。")
    return StaffRow(line, **given), wrong


def _is_code(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _role(cells: dict[str, str], refuse: Any) -> str:
    """Return the role of a post: as written, else by its title, else that of a clerk."""
    if not cells["title"]:
        return ""
    by_label = {label: value for value, label in Post.Role.choices}
    if cells["role"]:
        found = by_label.get(cells["role"]) or next((r for end, r in ROLE_OF_TITLE if end == cells["role"]), "")
        if not found:
            refuse("role", "役割の名前が違います", f"次のどれかを書いてください: {'、'.join(by_label)}")
        return found
    if any(aide in cells["title"] for aide in _AIDES):
        return "clerk"
    return next((role for end, role in ROLE_OF_TITLE if cells["title"].endswith(end)), "clerk")


def _contradictions(rows: Iterable[StaffRow]) -> Iterator[StaffDefect]:
    """Yield what two lines say differently of one department, one post or one person, and lines that say it twice."""
    said: dict[tuple[str, ...], tuple[int, str]] = {}
    for row in rows:
        told: list[tuple[tuple[str, ...], str, str]] = []
        told.append((("部署名", row.code), row.department, "同じ部署コードに、違う部署名があります"))
        if row.title:
            told.append((("役割", row.code, row.title), row.role, "同じ部署の同じ職名に、違う役割があります"))
        if row.email:
            told.append((("氏名", row.email.casefold()), row.name, "同じメールアドレスに、違う氏名があります"))
            again = ("メールアドレス", row.email.casefold(), row.code, row.title)
            told.append((again, str(row.line), "同じ人の同じ職位が、もう一度あります"))
        for key, value, problem in told:
            first, before = said.setdefault(key, (row.line, value))
            if before != value:
                yield StaffDefect(
                    row.line, key[0], value, problem, f"{first}行目と合わせるか、どちらかを消してください。"
                )


def as_data(table: StaffTable) -> dict[str, Any]:
    """Return rows and defects as JSON takes them."""
    return {"rows": [asdict(row) for row in table.rows], "defects": [asdict(each) for each in table.defects]}
