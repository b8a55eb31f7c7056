"""Arrival 到達: whether an opinion came in time by its channel; three values, because some only a person can decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices

from todoke.japanese.calendar import JAPAN, is_office_day

WATCHED = timedelta(hours=24)
"""How long before the end an outage matters, and how long after its end somebody may still have been hindered."""


class Channel(TextChoices):
    """提出方法: the ways in which an opinion can be sent."""

    WEB = "web", "ホームページ"
    MAIL = "mail", "電子メール"
    POST = "post", "郵送"
    HAND = "hand", "窓口への持参"
    FAX = "fax", "ファクス"
    ORAL = "oral", "説明会での口頭"


class Basis(TextChoices):
    """期限の考え方: what has to lie within the period."""

    ARRIVAL = "arrival", "必着"
    POSTMARK = "postmark", "消印有効"


class Postmark(TextChoices):
    """消印: what the envelope shows."""

    NONE = "none", "消印がない"
    CLEAR = "clear", "読める"
    UNREADABLE = "unreadable", "読めない"
    FRANKED = "franked", "日付のない料金別納・後納"


class Standing(TextChoices):
    """期限内かどうか: the three values."""

    TIMELY = "timely", "期限内"
    LATE = "late", "期限後"
    UNDECIDED = "undecided", "判断が必要"


@dataclass(frozen=True)
class OutageSpan:
    """停止の期間: an outage of the page on which opinions are sent; ``ends_at`` None while it lasts."""

    name: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class ChannelTerms:
    """提出方法の期限: until when a channel is open (instant in Japan), and by what post is judged."""

    channel: str
    last_at: datetime
    basis: str = Basis.ARRIVAL
    arrival_limit: date | None = None
    outages: Sequence[OutageSpan] = ()

    @property
    def last_day(self) -> date:
        return self.last_at.astimezone(JAPAN).date()


@dataclass(frozen=True)
class ArrivalFacts:
    """到達の事実: the times of one arrival, kept apart; a FAX begins at ``sent_at`` and ends at ``arrived_at``."""

    arrived_at: datetime
    sent_at: datetime | None = None
    stamped_on: date | None = None
    delivered_on: date | None = None
    postmark: str = Postmark.NONE
    postmarked_on: date | None = None
    night_box: bool = False

    @property
    def stamp_day(self) -> date:
        """The day of the office's stamp, or of the arrival where there is no stamp."""
        return self.stamped_on or self.arrived_at.astimezone(JAPAN).date()


Found = tuple[Standing, str]


def judge_arrival(terms: ChannelTerms, facts: ArrivalFacts) -> Found:
    """Return the standing of an arrival, and why in Japanese."""
    if terms.channel == Channel.POST:
        return _by_postmark(terms, facts) if terms.basis == Basis.POSTMARK else _by_stamp(terms, facts)
    if terms.channel == Channel.HAND and facts.night_box:
        return _by_night_box(terms, facts)
    in_time = facts.arrived_at.replace(microsecond=0) <= terms.last_at
    if in_time:
        return Standing.TIMELY, "期限までに届きました"
    if terms.channel == Channel.FAX and facts.sent_at is not None and facts.sent_at <= terms.last_at:
        return Standing.UNDECIDED, "ファクスの受信が、期限の前に始まり、期限の後に終わりました"
    if terms.channel == Channel.WEB and (outage := _hindering(terms, facts)):
        return Standing.UNDECIDED, f"締切前の24時間に停止がありました({outage.name})"
    return Standing.LATE, "期限の後に届きました"


def _hindering(terms: ChannelTerms, facts: ArrivalFacts) -> OutageSpan | None:
    """Return the outage in the last hours of the period that may have kept somebody from sending in time."""
    begins = terms.last_at - WATCHED
    for each in terms.outages:
        over = each.ends_at or facts.arrived_at
        if (
            each.starts_at <= terms.last_at
            and over >= begins
            and facts.arrived_at <= max(over, terms.last_at) + WATCHED
        ):
            return each
    return None


def _by_stamp(terms: ChannelTerms, facts: ArrivalFacts) -> Found:
    day = facts.delivered_on or facts.stamp_day
    if day <= terms.last_day:
        return Standing.TIMELY, "最終日までに届きました"
    closed = not is_office_day(terms.last_day)
    if closed and facts.delivered_on is None and facts.stamp_day == _office_day_after(terms.last_day):
        return Standing.UNDECIDED, "最終日は閉庁日で、配達の日が分かりません"
    return Standing.LATE, "最終日の後に届きました"


def _by_postmark(terms: ChannelTerms, facts: ArrivalFacts) -> Found:
    if facts.stamp_day <= terms.last_day:
        return Standing.TIMELY, "最終日までに届きました"
    if terms.arrival_limit is not None and facts.stamp_day > terms.arrival_limit:
        return Standing.LATE, "到着の期限の後に届きました"
    if facts.postmark != Postmark.CLEAR or facts.postmarked_on is None:
        return Standing.UNDECIDED, f"消印の日が分かりません({Postmark(facts.postmark).label})"
    if facts.postmarked_on <= terms.last_day:
        return Standing.TIMELY, "消印が最終日までで、到着の期限までに届きました"
    return Standing.LATE, "消印が最終日の後です"


def _by_night_box(terms: ChannelTerms, facts: ArrivalFacts) -> Found:
    if facts.arrived_at <= terms.last_at:
        return Standing.TIMELY, "期限までに夜間の受付箱から取り出しました"
    day, first = facts.arrived_at.astimezone(JAPAN).date(), _office_day_after(terms.last_day)
    if day > first:
        return Standing.LATE, "最終日の後の最初の取出しより後に見つかりました"
    if (first - terms.last_day).days - 1 > 1:
        return Standing.UNDECIDED, "最終日と取出しの間に、閉庁日が二日以上あります"
    return Standing.TIMELY, "最終日の後の最初の取出しで見つかりました"


def _office_day_after(day: date) -> date:
    following = day + timedelta(days=1)
    while not is_office_day(following):
        following += timedelta(days=1)
    return following
