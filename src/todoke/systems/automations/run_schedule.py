"""Run schedule 実行の予定: when an automation should have run. Pure; times are those of Japan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from todoke.japanese.calendar import JAPAN, is_office_day


@dataclass(frozen=True)
class RunSchedule:
    """予定: every day, office day, week or month at a time of day, and how late a run may be."""

    cycle: str
    at: time
    grace: timedelta
    weekday: int = 0
    day: int = 1

    def is_due(self, on: date) -> bool:
        """Whether a run is due on a day; a month without that day has its last."""
        if self.cycle == "weekly":
            return on.weekday() == self.weekday
        if self.cycle == "monthly":
            last = (on + timedelta(days=1)).month != on.month
            return on.day == self.day or (last and on.day < self.day)
        return self.cycle == "daily" or (self.cycle == "office" and is_office_day(on))

    def due_moments(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the moments after ``since`` at which a run was due and whose grace is over at ``until``."""
        day = since.astimezone(JAPAN).date()
        while day <= until.astimezone(JAPAN).date():
            moment = datetime.combine(day, self.at, JAPAN)
            if self.is_due(day) and moment > since and moment + self.grace <= until:
                yield moment
            day += timedelta(days=1)

    def previous(self, moment: datetime) -> datetime:
        """Return the moment at which the run before was due; 31 days before where there is none."""
        for back in range(1, 32):
            day = moment.astimezone(JAPAN).date() - timedelta(days=back)
            if self.is_due(day):
                return datetime.combine(day, self.at, JAPAN)
        return moment - timedelta(days=31)
