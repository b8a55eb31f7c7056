"""Recount import 手計算の取込: points that a person computed from the papers, of a table, all of them or none."""

from django.db import transaction

from todoke.accounts.models import User
from todoke.admissions.models import HandRecount, SelectionRound
from todoke.admissions.models.selection_round import require_runner
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

WANTED = (Headings((("申込番号",), ("手計算の点数",)), known=("児童の氏名",)),)
NAMED = 10


@transaction.atomic
def import_recounts(of: SelectionRound, content: bytes, *, by: User) -> int:
    """取込: keep the points of every row; return how many. One audit entry each.

    Raises NotAllowed, Closed, Unreadable for what is no table, Refused with the first faulty lines, taking nothing.
    """
    require_runner(of.scheme, by)
    children = {child.number: child for child in of.children.applying().select_related("round__scheme__department")}
    given, wrong = list[tuple[str, int]](), list[str]()
    for line, cells in read_bounded(read_table, content, WANTED).records():
        number, points = cells["申込番号"].strip(), parse_integer(cells["手計算の点数"].removesuffix("点"))
        if number not in children:
            wrong.append(f"{line}行目: 申込番号{number}の児童は、この選考にいません")
        elif points is None:
            wrong.append(f"{line}行目: 手計算の点数を数で入れてください")
        else:
            given.append((number, points))
    if wrong:
        raise Refused("何も取り込んでいません。" + "、".join(wrong[:NAMED]) + "。")
    for number, points in given:
        HandRecount.enter(children[number], points, by=by)
    return len(given)
