"""Seat import 募集人数の取込: facilities, pools and one side's report of a table, all of them or none."""

import re

from django.db import transaction

from todoke.accounts.models import User
from todoke.admissions.models import ChildcareFacility, SeatPool, SelectionRound
from todoke.admissions.models.selection_round import require_runner
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

HEADS = ("施設番号", "施設", "クラス", "募集人数")
FIGURES = {"定員": "places", "引き続き通う児童": "staying", "前年の募集": "last_year"}
WANTED = (Headings(tuple((head,) for head in HEADS), known=(*FIGURES, "所在地")),)
NAMED = 10
MOST = 999
_SEPARATOR = re.compile(r"[・,、//\s]+")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
Cells = dict[str, str]


@transaction.atomic
def import_seats(of: SelectionRound, content: bytes, *, side: str, source: str, by: User) -> int:
    """取込: write the report of one side for every row, with pools and facilities that are new; return how many.

    Raises NotAllowed, Closed, Unreadable for what is no table, Refused with the first faulty lines, taking nothing.
    """
    require_runner(of.scheme, by)
    rows = list(read_bounded(read_table, content, WANTED).records())
    wrong = [f"{line}行目: {said}" for line, cells in rows if (said := _fault(of, cells))]
    wrong += _repeated(rows)
    if wrong:
        more = f"ほか{len(wrong) - NAMED}行。" if len(wrong) > NAMED else ""
        raise Refused("何も取り込んでいません。" + "、".join(wrong[:NAMED]) + f"。{more}")
    facilities = {each.code: each for each in of.scheme.facilities.all()}
    known = of.pools.select_related("facility", "round__scheme").prefetch_related("classes")
    pools = {(pool.facility.code, _numbers(pool)): pool for pool in known}
    for _, cells in rows:
        pool = pools.get((cells["施設番号"], classes_of(cells["クラス"]))) or _new_pool(of, cells, facilities, by)
        pool.report(parse_integer(cells["募集人数"]) or 0, side=side, by=by, source=source)
    return len(rows)


def classes_of(text: str) -> tuple[int, ...]:
    """Return the classes that a cell names, 3・4・5歳児; empty where one cannot be read."""
    numbers = [parse_integer(part.removesuffix("児").removesuffix("歳").removesuffix("年生")) for part in _parts(text)]
    return tuple(sorted(number for number in numbers if number is not None)) if None not in numbers else ()


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATOR.split(text.strip()) if part]


def _numbers(pool: SeatPool) -> tuple[int, ...]:
    return tuple(sorted(each.number for each in pool.classes.all()))


def _fault(of: SelectionRound, cells: Cells) -> str:
    """Return what is wrong with a row; empty where nothing is."""
    classes = classes_of(cells["クラス"])
    if not _CODE.fullmatch(cells["施設番号"]) or not cells["施設"]:
        return "施設番号(半角の英数字20字まで)と施設の名称を入れてください"
    if not classes or set(classes) - set(of.scheme.classes):
        return "クラスが、この制度にありません"
    for head in ("募集人数", *(head for head in FIGURES if cells.get(head))):
        number = parse_integer(cells[head])
        if number is None or not 0 <= number <= MOST:
            return f"{head}を0から{MOST}までの数で入れてください"
    return ""


def _repeated(rows: list[tuple[int, Cells]]) -> list[str]:
    """Return the rows that name a class of a facility once more."""
    seen, wrong = set[tuple[str, int]](), list[str]()
    for line, cells in rows:
        keys = {(cells["施設番号"], number) for number in classes_of(cells["クラス"])}
        if keys & seen:
            wrong.append(f"{line}行目: 同じ施設のクラスが、前の行にもあります")
        seen |= keys
    return wrong


def _new_pool(of: SelectionRound, cells: Cells, facilities: dict[str, ChildcareFacility], by: User) -> SeatPool:
    code = cells["施設番号"]
    if code not in facilities:
        facilities[code] = ChildcareFacility.register(
            of.scheme, code=code, name=cells["施設"], address=cells.get("所在地", "")[:150], by=by
        )
    figures = {name: parse_integer(cells[head]) for head, name in FIGURES.items() if cells.get(head)}
    return SeatPool.open(of, facilities[code], classes_of(cells["クラス"]), by=by, **figures)
