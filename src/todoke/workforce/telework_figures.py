"""Telework figures テレワークの数値: use of a trial with its rows, and days by section, none of them a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Sum

from todoke.organization.models import Department
from todoke.workforce.models import SectionTask, TeleworkComment, TeleworkDay, TeleworkTrial, TeleworkTrialMember
from todoke.workforce.section_members import members_of
from todoke.workforce.task_suitability import by_section, percent
from todoke.workforce.telework_fairness import SectionUse, merged_small

LOOKED_BACK = timedelta(days=91)


@dataclass(frozen=True)
class TrialUse:
    """実証の利用: members with at least one done day over members, on a day, with the rows beneath."""

    on: date
    members: int
    used: int
    sections: int
    rows: Sequence[TeleworkTrialMember]

    @property
    def percent(self) -> float:
        """The share in per cent with one place."""
        return percent(self.used, self.members)


def trial_use(trial: TeleworkTrial, on: date) -> TrialUse:
    """Return the use of a trial up to a day; each row knows ``has_used``, in the order of the sections."""
    done = TeleworkDay.objects.done().filter(
        user=OuterRef("user"), on__gte=trial.starts_on, on__lte=min(on, trial.ends_on)
    )
    members = trial.members.filter(joined_on__lte=on).annotate(has_used=Exists(done))
    rows = list(members.select_related("user", "department").order_by("department__code", "user__kana", "pk"))
    used = sum(bool(getattr(row, "has_used", False)) for row in rows)
    return TrialUse(on, len(rows), used, len({row.department_id for row in rows}), rows)


def comment_counts(trial: TeleworkTrial) -> list[tuple[str, int]]:
    """Return how many comments of each kind there are, also of those without one."""
    found = dict(trial.comments.values_list("kind").annotate(Count("pk")).order_by())
    return [(str(label), found.get(value, 0)) for value, label in TeleworkComment.Kind.choices]


@dataclass(frozen=True)
class Fairness:
    """公平: days of the last quarter by section, and how many people have no task that can be done elsewhere."""

    since: date
    on: date
    uses: list[SectionUse]
    without_task: int


def fairness(on: date) -> Fairness:
    """Return the use of all sections that described their tasks, small ones merged."""
    since, shares = on - LOOKED_BACK, by_section(SectionTask.objects.all().minutes())
    departments = {each.name: each for each in Department.objects.filter(name__in=shares)}
    days = TeleworkDay.objects.done().filter(on__range=(since, on))
    halves = dict(days.values_list("department__name").annotate(Sum("halves")).order_by())
    uses, without = list[SectionUse](), 0
    for name, share in shares.items():
        people = len(members_of(departments[name], on))
        without += 0 if share.free else people
        uses.append(SectionUse(name, people, people if share.free else 0, halves.get(name, 0)))
    return Fairness(since, on, merged_small(uses), without)
