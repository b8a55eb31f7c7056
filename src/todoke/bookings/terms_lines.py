"""Terms lines 利用規則の行: each table of the terms as lines that a person types, and back; a fault names its line."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from todoke.bookings.terms_document import GROUNDS, ORIGINS, REACHES, InvalidTerms

EVERY = "すべて"
_NUMBER = re.compile(r"(\d[\d,]{0,9})(?:%|円|点|日)?")
_TERM = re.compile(r"予約から(\d{1,3})日|利用日の(.{1,12})|毎月(\d{1,2})日")
_LENGTH = re.compile(r"(\d{1,3})(日|か月)")
Row = dict[str, Any]


def _code(words: Mapping[str, str], word: str, place: str) -> str:
    found = next((code for code, name in words.items() if name == word), None)
    if found is None:
        raise InvalidTerms(f"{place}: 「{word}」は、{'・'.join(words.values())}のどれかで書いてください。")
    return found


def _number(text: str, place: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise InvalidTerms(f"{place}: 「{text}」は、数で書いてください。")
    return int(found[1].replace(",", ""))


def _kind(text: str) -> str:
    return "" if text == EVERY else text


def _application(cells: Sequence[str], place: str) -> Row:
    row = {"kind": _kind(cells[0]), "opens": cells[1], "closes": cells[2]}
    return row | ({"origin": _code(ORIGINS, cells[3], place)} if len(cells) > 3 else {})


def _payment(cells: Sequence[str], place: str) -> Row:
    found = _TERM.fullmatch(cells[1])
    if found is None:
        raise InvalidTerms(f"{place}: 「予約から7日」「利用日の7日前」「毎月14日」のどれかの形で書いてください。")
    row: Row = {"kind": _kind(cells[0])}
    if found[1]:
        return row | {"days_after": int(found[1])}
    return row | ({"before": found[2]} if found[2] else {"day_of_month": int(found[3])})


def _fee(cells: Sequence[str], place: str) -> Row:
    row = {"kind": _kind(cells[0]), "frame": cells[1], "yen": _number(cells[2], place)}
    return row | ({"origin": _code(ORIGINS, cells[3], place)} if len(cells) > 3 else {})


def _refund(cells: Sequence[str], place: str) -> Row:
    return {"kind": _kind(cells[0]), "until": cells[1], "percent": _number(cells[2], place)}


def _penalty(cells: Sequence[str], place: str) -> Row:
    ground, since, points, limit, start, length, reach = cells[:7]
    found = _LENGTH.fullmatch(length)
    if found is None or start not in {"翌日", "翌月"}:
        raise InvalidTerms(f"{place}: 始まりは「翌日」か「翌月」、長さは「30日」「3か月」のように書いてください。")
    row: Row = {
        "ground": _code(GROUNDS, ground, place), "points": _number(points, place), "limit": _number(limit, place),
        "next_month": start == "翌月", "days" if found[2] == "日" else "months": int(found[1]),
        "reach": _code(REACHES, reach, place),
    }  # fmt: skip
    row |= {"since": since} if since != "-" else {}
    return row | ({"payment_days": _number(cells[7], place)} if len(cells) > 7 else {})


TABLES: dict[str, tuple[str, str, int, Callable[[Sequence[str], str], Row]]] = {
    "applications": ("申込期間", "ホール、1年前、15日前", 3, _application),
    "payments": ("納期限", "すべて、予約から7日", 2, _payment),
    "fees": ("使用料", "すべて、午前、1200、区内", 3, _fee),
    "refunds": ("還付の割合", "ホール、60日前、75", 3, _refund),
    "penalties": ("利用の制限", "直前の取消、6日前、1、3、翌月、1か月、抽選の申込み", 7, _penalty),
}
"""Name in the document, title, an example of a line, least cells, and how a line is read."""


def rows_of(name: str, text: str) -> list[Row]:
    """Return the rows of a table from its lines. Raises InvalidTerms with the line that cannot be read."""
    title, example, least, read = TABLES[name]
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.replace("\uff0c", "、").split("、")]
        if cells == [""]:
            continue
        if len(cells) < least:
            raise InvalidTerms(f"{title}の{number}行目: 「{example}」のように、「、」で区切って書いてください。")
        found.append(read(cells, f"{title}の{number}行目"))
    return found


def lines_of(name: str, rows: Sequence[Row]) -> str:
    """Return the lines of a table as a person types them."""
    return "\n".join("、".join(_WRITERS[name](row)) for row in rows)


def _origin(row: Row) -> list[str]:
    return [ORIGINS[row["origin"]]] if row.get("origin") else []


def _payment_words(row: Row) -> str:
    if row.get("days_after") is not None:
        return f"予約から{row['days_after']}日"
    return f"利用日の{row['before']}" if row.get("before") else f"毎月{row['day_of_month']}日"


def _penalty_words(row: Row) -> list[str]:
    length = f"{row['months']}か月" if row.get("months") else f"{row.get('days', 0)}日"
    words = [
        GROUNDS[row["ground"]], row.get("since") or "-", str(row.get("points") or 1), str(row.get("limit") or 1),
        "翌月" if row.get("next_month") else "翌日", length, REACHES[row["reach"]],
    ]  # fmt: skip
    return words + ([str(row["payment_days"])] if row.get("payment_days") else [])


_WRITERS: dict[str, Callable[[Row], list[str]]] = {
    "applications": lambda row: [row["kind"] or EVERY, row["opens"], row["closes"], *_origin(row)],
    "payments": lambda row: [row["kind"] or EVERY, _payment_words(row)],
    "fees": lambda row: [row["kind"] or EVERY, row["frame"], str(row["yen"]), *_origin(row)],
    "refunds": lambda row: [row["kind"] or EVERY, row["until"], str(row["percent"])],
    "penalties": _penalty_words,
}
