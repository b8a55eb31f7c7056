"""Terms document 利用規則の文書: the terms as the studio writes them, read with every fault named, and as sentences."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.conf import settings

from todoke.audit.log import state_hash
from todoke.bookings.use_terms import Application, Distance, Fee, Payment, Penalty, Refund, UseTerms
from todoke.runtime.refusals import Refused, Unreadable

Row = TypeVar("Row")
GROUNDS = {"late": "直前の取消", "absent": "無断の不来場"}
REACHES = {"online": "インターネットからの予約", "lottery": "抽選の申込み", "use": "施設の利用"}
ORIGINS = {"": "だれでも", "resident": "区内", "outside": "区外"}
NUMBERS = (
    "least_members", "resident_percent", "valid_years", "most_a_day", "most_a_month", "most_entries",
    "resident_weight", "loser_weight",
)  # fmt: skip


class InvalidTerms(Unreadable):
    """読めない利用規則: the place and the fault, in Japanese."""


def read_terms(document: Mapping[str, Any]) -> UseTerms:
    """Return the terms of a document. Raises InvalidTerms with the place of the first fault."""
    basis = str(document.get("basis", "")).strip()
    if not basis:
        raise InvalidTerms("根拠(条例・規則の名)を書いてください。")
    numbers = {name: _number(document, name, "上限と登録") for name in NUMBERS if name in document}
    return UseTerms(
        basis=basis,
        applications=_rows(document, "applications", "申込期間", _application),
        payments=_rows(document, "payments", "納期限", _payment),
        fees=_rows(document, "fees", "使用料", _fee),
        refunds=_rows(document, "refunds", "還付の割合", _refund),
        penalties=_rows(document, "penalties", "利用の制限", _penalty),
        bundles=bool(document.get("bundles")),
        loud_beside=tuple((str(one), str(other)) for one, other in document.get("loud_beside", [])),
        **numbers,
    )


_read: dict[str, UseTerms] = {}
MOST_READ = 256


def frozen_terms(sha256: str, document: Mapping[str, Any]) -> UseTerms:
    """Return the terms of a published document, read once per process by its hash; one that differs is read again."""
    found = _read.get(sha256) if "parsed-documents" in settings.SPEED_UPS else None
    if found is None:
        found = read_terms(document)
        if state_hash(document) == sha256:
            while len(_read) >= MOST_READ:
                _read.pop(next(iter(_read)), None)
            _read[sha256] = found
    return found


def _rows(
    document: Mapping[str, Any], name: str, title: str, make: Callable[[Mapping[str, Any], str], Row]
) -> tuple[Row, ...]:
    found = []
    for number, row in enumerate(document.get(name, []), start=1):
        try:
            found.append(make(row, f"{title}の{number}行目"))
        except InvalidTerms:
            raise
        except Refused as fault:
            raise InvalidTerms(f"{title}の{number}行目: {fault}") from fault
    return tuple(found)


def _number(row: Mapping[str, Any], name: str, place: str, *, most: int = 10_000_000) -> int:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise InvalidTerms(f"{place}: 0以上の数を書いてください。")
    return value


def _maybe(row: Mapping[str, Any], name: str, place: str) -> int | None:
    return None if row.get(name) in {None, ""} else _number(row, name, place, most=1000)


def _choice(row: Mapping[str, Any], name: str, allowed: Mapping[str, str], place: str) -> str:
    value = str(row.get(name, ""))
    if value not in allowed:
        raise InvalidTerms(f"{place}: {'、'.join(filter(None, allowed.values()))}から選んでください。")
    return value


def _application(row: Mapping[str, Any], place: str) -> Application:
    opens, closes = Distance.read(str(row.get("opens", ""))), Distance.read(str(row.get("closes", "")))
    return Application(str(row.get("kind", "")), opens, closes, _choice(row, "origin", ORIGINS, place))


def _payment(row: Mapping[str, Any], place: str) -> Payment:
    before = Distance.read(str(row["before"])) if row.get("before") else None
    day = _maybe(row, "day_of_month", place)
    if day is not None and not 1 <= day <= 31:
        raise InvalidTerms(f"{place}: 毎月の日は1から31までです。")
    return Payment(str(row.get("kind", "")), _maybe(row, "days_after", place), before, day)


def _fee(row: Mapping[str, Any], place: str) -> Fee:
    origin = _choice(row, "origin", ORIGINS, place)
    return Fee(str(row.get("kind", "")), str(row.get("frame", "")), _number(row, "yen", place), origin)


def _refund(row: Mapping[str, Any], place: str) -> Refund:
    percent = _number(row, "percent", place, most=100)
    return Refund(str(row.get("kind", "")), Distance.read(str(row.get("until", ""))), percent)


def _penalty(row: Mapping[str, Any], place: str) -> Penalty:
    ground, reach = _choice(row, "ground", GROUNDS, place), _choice(row, "reach", REACHES, place)
    days, months = _maybe(row, "days", place) or 0, _maybe(row, "months", place) or 0
    if not days + months:
        raise InvalidTerms(f"{place}: 制限の長さ(日数か月数)を書いてください。")
    since = Distance.read(str(row["since"])) if row.get("since") else Distance()
    return Penalty(
        ground, reach, since, _maybe(row, "points", place) or 1, _maybe(row, "limit", place) or 1,
        bool(row.get("next_month")), days, months, _maybe(row, "payment_days", place),
    )  # fmt: skip


def sentences(terms: UseTerms) -> Iterator[str]:
    """Yield the terms as Japanese sentences, in the order in which a person meets them."""
    for row in terms.applications:
        who = f"({ORIGINS[row.origin]})" if row.origin else ""
        yield f"{_kind(row.kind)}は{who}、利用日の{row.opens}から{row.closes}まで申し込めます。"
    for fee in terms.fees:
        yield f"{_kind(fee.kind)}の使用料は、{fee.frame or '1区分'}{_whose(fee.origin)}{fee.yen:,}円です。"
    for payment in terms.payments:
        parts = [f"予約の日から{payment.days_after}日以内"] if payment.days_after is not None else []
        parts += [f"利用日の{payment.before}まで"] if payment.before else []
        parts += [f"次の{payment.day_of_month}日まで"] if payment.day_of_month else []
        yield f"{_kind(payment.kind)}の使用料は、{'、かつ'.join(parts) or '利用の前'}に納めます。"
    for refund in terms.refunds:
        yield f"{_kind(refund.kind)}を利用日の{refund.until}までに取り消すと、使用料の{refund.percent}%をお返しします。"
    if terms.refunds:
        yield "そのあとの取消では、使用料をお返ししません。"
    yield from _limits(terms)


def _limits(terms: UseTerms) -> Iterator[str]:
    for row in terms.penalties:
        when = f"(利用日の{row.since}から)" if row.ground == "late" else ""
        count = f"{row.points}点とし、{row.limit}点で" if row.limit > 1 else ""
        start, length = "翌月から" if row.next_month else "", f"{row.months}か月" if row.months else f"{row.days}日"
        pays = f"そのあいだの使用料は、予約の日から{row.payment_days}日以内に納めます。" if row.payment_days else ""
        yield f"{GROUNDS[row.ground]}{when}があると、{count}{start}{length}、{REACHES[row.reach]}ができません。{pays}"
    for number, words in (
        (terms.least_members, "団体の登録には、{}人以上の構成員が要ります。"),
        (terms.resident_percent, "団体の構成員の{}%以上が区内の人であることが要ります。"),
        (terms.most_a_day, "1日に予約できるのは、{}区分までです。"),
        (terms.most_a_month, "1か月に予約できるのは、{}区分までです。"),
        (terms.most_entries, "1回の抽選に申し込めるのは、{}件までです。"),
    ):
        if number:
            yield words.format(number)
    if terms.bundles:
        yield "抽選には、いくつかの区分をまとめて申し込めます。すべて当たるか、すべて外れます。"


def _kind(kind: str) -> str:
    return kind or "施設"


def _whose(origin: str) -> str:
    return f"({ORIGINS[origin]})" if origin else ""
