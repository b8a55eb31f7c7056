"""Answer workbook 区の考え方の表の読戻し: answers that a section wrote in the table, read back and compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.models import User
from todoke.file_validation.bounded_read import read_bounded
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table
from todoke.voices.models import CommentGroup, Consultation, OfficialResponse
from todoke.voices.response_table import HEADS, ResponseTable
from todoke.voices.seen_text import is_as_seen

NUMBER, SUMMARY, KIND, TEXT = "番号", "意見の要旨", "対応", "区の考え方"
WANTED = (Headings(((NUMBER,), (SUMMARY,), (KIND,), (TEXT,)), HEADS, every_row=True),)
MOST = 500
LONGEST = 4000


@dataclass(frozen=True)
class ReadAnswer:
    """読んだ答え: the answer of a line beside the one that stands now; ``kind`` is the code of the kind."""

    group: CommentGroup
    kind: str
    text: str
    seen_kind: str
    seen_text: str

    @property
    def kind_label(self) -> str:
        return OfficialResponse.Kind(self.kind).label

    @property
    def seen_label(self) -> str:
        return OfficialResponse.Kind(self.seen_kind).label if self.seen_kind else ""


@dataclass(frozen=True)
class UnreadLine:
    """読めない行: its number as in Excel, and why it is left out."""

    line: int
    why: str


@dataclass(frozen=True)
class ReadTable:
    """読んだ表: the answers that differ, how many are the same, and the lines that were left out."""

    changed: list[ReadAnswer]
    same: int
    unread: list[UnreadLine]


def read_answers(of: Consultation, content: bytes) -> ReadTable:
    """Compare a returned table with the answers that stand; nothing is changed. Raises Unreadable, Busy."""
    table = read_bounded(read_table, content, WANTED, most=MOST, cells=MOST * 20)
    numbers = {each["pk"]: each["number"] for each in ResponseTable(of).groups()}
    groups = {(str(numbers[each.pk]), each.summary): each for each in of.groups.select_related("response")}
    kinds = {label: code for code, label in OfficialResponse.Kind.choices}
    changed, unread, same = list[ReadAnswer](), list[UnreadLine](), 0
    for line, cells in table.records():
        group = groups.get((cells[NUMBER].removesuffix(".0"), cells[SUMMARY]))
        kind, text = kinds.get(cells[KIND], ""), cells[TEXT]
        if why := _defect(group, cells, kind, text):
            unread.append(UnreadLine(line, why))
            continue
        assert group is not None, "a defect otherwise"
        now: OfficialResponse | None = getattr(group, "response", None)
        seen = (now.kind, now.text) if now else ("", "")
        if (kind == seen[0] and is_as_seen(seen[1], text)) or not (kind or text):
            same += 1
        else:
            changed.append(ReadAnswer(group, kind, text, *seen))
    return ReadTable(changed, same, unread)


def _defect(group: CommentGroup | None, cells: dict[str, str], kind: str, text: str) -> str:
    """Return in words why a line cannot be taken, or nothing."""
    if group is None:
        return "番号と意見の要旨が、いまのまとまりと合いません。表を受け取り直して書き写してください。"
    if not cells[KIND] and not text:
        return ""
    if not kind:
        names = "、".join(OfficialResponse.Kind.labels)
        return f"対応「{cells[KIND]}」は読めません。次のどれかを書いてください: {names}"
    if not text:
        return "対応はありますが、区の考え方が空です。"
    return "" if len(text) <= LONGEST else f"区の考え方が{LONGEST:,}字を超えています。"


@transaction.atomic
def take_answers(of: Consultation, answers: Iterable[ReadAnswer], *, by: User) -> int:
    """表の取込み: write the answers of a returned table; return how many.

    Raises NotAllowed, Refused, and Conflict where an answer is no longer as the person saw it; then none is written.
    """
    written = 0
    for each in answers:
        each.group.consultation = of
        each.group.answer(kind=each.kind, text=each.text, seen=(each.seen_kind, each.seen_text), by=by)
        written += 1
    return written
