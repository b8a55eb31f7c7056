"""Telework fairness テレワークの公平: caps of a week, who stays in the office, days of a person by section; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEAST = 5


@dataclass(frozen=True)
class TeleworkTerms:
    """テレワークの定め: half days of a week at most, people in the office at least, months from a post's beginning."""

    weekly_halves: int
    on_site: int
    newcomer_months: int


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def days_said(halves: int) -> str:
    """Return half days as 2日 or 1.5日."""
    return f"{halves / 2:g}日"


def cap_refusal(terms: TeleworkTerms, planned: Mapping[date, int], day: date, halves: int) -> str:
    """Return why a day does not fit its week, naming the days that are taken; empty where it fits."""
    monday, sunday = week_of(day)
    taken = {each: count for each, count in planned.items() if monday <= each <= sunday and each != day}
    if sum(taken.values()) + halves <= terms.weekly_halves:
        return ""
    named = "、".join(f"{each.month}月{each.day}日" for each in sorted(taken))
    return f"1週間に{days_said(terms.weekly_halves)}までの定めです。この週は、もう{named}に予定があります。"


def on_site_refusal(terms: TeleworkTerms, people: int, away: int) -> str:
    """Return why one more person cannot be away, where ``away`` of ``people`` are already; empty where they can."""
    left = people - away - 1
    return (
        ""
        if left >= terms.on_site
        else f"この日は、出勤する人が{terms.on_site}人を下回ります。別の日を選んでください。"
    )


def newcomer_refusal(terms: TeleworkTerms, since: date, day: date) -> str:
    """Return why somebody new in a post comes to the office first; empty from the end of that time on."""
    month = since.month - 1 + terms.newcomer_months
    until = date(since.year + month // 12, month % 12 + 1, min(since.day, 28))
    if not terms.newcomer_months or day >= until:
        return ""
    first = f"{until.year}年{until.month}月{until.day}日"
    return f"着任から{terms.newcomer_months}か月は出勤を基本とする定めです({first}から選べます)。"


@dataclass(frozen=True)
class SectionUse:
    """部署の利用: people, those with a task that can be done elsewhere, and their done half days."""

    section: str
    people: int
    eligible: int
    halves: int

    @property
    def days_per_person(self) -> float:
        """Done days per eligible person, with one place."""
        return round(self.halves / 2 / self.eligible, 1) if self.eligible else 0.0


def merged_small(uses: Iterable[SectionUse], least: int = LEAST) -> list[SectionUse]:
    """Return sections with at least so many people as they are, the others as one; nobody is ranked.

    Where the others are still too few, the smallest section joins them.
    """
    ordered = list(uses)
    small = [use for use in ordered if use.people < least]
    large = [use for use in ordered if use.people >= least]
    while small and sum(use.people for use in small) < least and large:
        smallest = min(large, key=lambda use: use.people)
        large.remove(smallest)
        small.append(smallest)
    return [*large, _joined(small)] if small else large


def _joined(uses: Sequence[SectionUse]) -> SectionUse:
    people, eligible, halves = (sum(getattr(use, name) for use in uses) for name in ("people", "eligible", "halves"))
    return SectionUse(f"ほかの{len(uses)}部署(人数が少ないため、まとめています)", people, eligible, halves)
