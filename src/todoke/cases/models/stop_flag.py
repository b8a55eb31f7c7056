"""Stop flags 支援措置: the protected persons, and the cases that name one of them in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.tokens import new_token
from todoke.formbuilder.answers.birth_dates import births_by_name
from todoke.formbuilder.answers.name_spellings import alternative_name
from todoke.formbuilder.models.answer import given_names
from todoke.japanese.calendar import today
from todoke.japanese.variants import name_key
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed

if TYPE_CHECKING:
    from todoke.cases.models.case import Case

AT_ONCE = 1000


class Releasable(Protocol):
    """留め置きを解けるもの: what is about a case, and when a person released it although a flag was placed."""

    case_id: int
    released_at: datetime | None

    @property
    def case(self) -> Case:
        """The case that it is about."""


Row = TypeVar("Row", bound=Releasable)


def person_key(name: str) -> str:
    """Return the keyed hash under which a person's name is compared, in any spelling."""
    return salted_hmac("todoke.cases.person", name_key(name), algorithm="sha256").hexdigest()


class StopFlagQuerySet(models.QuerySet["StopFlag"]):
    def in_force(self, on: date | None = None) -> StopFlagQuerySet:
        on = on or today()
        return self.filter(starts_on__lte=on, ends_on__gte=on, lifted_at__isnull=True)

    def visible_to(self, user: User) -> StopFlagQuerySet:
        """Flags that a person may read: those their department placed."""
        return self.filter(department__in=departments_worked_in(user).values("pk"))


class StopFlag(models.Model):
    """支援措置: holds everything that names this person until somebody has checked it (DV等支援措置).

    One year at most.
    """

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    name = models.CharField("氏名", max_length=200)
    key = models.CharField("照合値", max_length=64, db_index=True)
    born_on = models.DateField("生年月日", null=True, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="stop_flags", verbose_name="担当部署")
    starts_on = models.DateField("開始日")
    ends_on = models.DateField("終了日")
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登録した人")
    lifted_at = models.DateTimeField("解除日時", null=True)

    objects = StopFlagQuerySet.as_manager()

    class Meta:
        verbose_name = "支援措置"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="cases_flag_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"支援措置{self.pk}"

    @classmethod
    @transaction.atomic
    def place(
        cls, *, name: str, department: Department, starts_on: date, ends_on: date, by: User, born_on: date | None = None
    ) -> StopFlag:
        """Create a stop flag for a person (支援措置の登録). Raises NotAllowed to other departments.

        With ``born_on`` an application that gives another birth date for the name is a namesake's.
        """
        if not departments_worked_in(by).filter(pk=department.pk).exists():
            raise NotAllowed("支援措置を登録できるのは、その部署の職員です。")
        flag = cls.objects.create(
            name=name, key=person_key(name), born_on=born_on, department=department, starts_on=starts_on,
            ends_on=ends_on, placed_by=by,
        )  # fmt: skip
        log.record(flag, "支援措置の登録", by=by, after={"starts_on": starts_on, "ends_on": ends_on})
        return flag

    @transaction.atomic
    def lift(self, *, by: User) -> None:
        """End a flag before its time (支援措置の解除).

        Raises NotAllowed to other departments, Conflict when it has ended.
        """
        if not departments_worked_in(by).filter(pk=self.department_id).exists():
            raise NotAllowed("支援措置を解除できるのは、登録した部署の職員です。")
        if not stamp_once(self, "lifted_at"):
            raise Conflict("この支援措置は、すでに解除されています。")
        log.record(self, "支援措置の解除", by=by)


def names_by_case(cases: Iterable[Case]) -> dict[int, list[str]]:
    """Return by case every name that its application gives: the applicant and whomever it concerns.

    One query for each thousand cases.
    """
    found: dict[int, list[str]] = {}
    for some in batched(cases, AT_ONCE):
        given = given_names([case.submission_id for case in some])
        for case in some:
            names = [case.applicant_name]
            for parts in given.get(case.submission_id, ()):
                names += [f"{parts.get('family', '')}{parts.get('given', '')}", alternative_name(parts)]
            found[case.pk] = [name for name in names if name.strip()]
    return found


def batched(cases: Iterable[Case], size: int) -> Iterator[list[Case]]:
    """Yield cases in lists of at most ``size``."""
    left = iter(cases)
    while some := list(islice(left, size)):
        yield some


def protected_keys() -> frozenset[str]:
    """Return the keyed hashes of the persons under a stop flag today."""
    return frozenset(StopFlag.objects.in_force().values_list("key", flat=True))


def protected_names() -> Callable[[str], bool]:
    """Return the test of a name: whether a person of it, in any spelling, is under a stop flag today; one query."""
    keys = protected_keys()
    return lambda name: bool(keys) and person_key(name) in keys


def flagged_cases(cases: Iterable[Case]) -> set[int]:
    """Return the ids of cases that name a person under a stop flag (支援措置); queries as ``flags_by_case``."""
    return set(flags_by_case(cases))


def flags_by_case(cases: Iterable[Case]) -> dict[int, list[StopFlag]]:
    """Return the stop flags in force of the persons that cases name, by the id of the case.

    A flag with a birth date is left out where the application gives another one for every such name (同姓同名). At most
    four queries for each thousand cases, which are held so many at a time; none is read where no flag is in force.
    """
    in_force = list(StopFlag.objects.in_force().select_related("department"))
    if not in_force:
        return {}
    of_key: dict[str, list[StopFlag]] = {}
    for flag in in_force:
        of_key.setdefault(flag.key, []).append(flag)
    found: dict[int, list[StopFlag]] = {}
    for some in batched(cases, AT_ONCE):
        found |= _flags_of(some, of_key)
    return found


def _flags_of(some: list[Case], of_key: Mapping[str, list[StopFlag]]) -> dict[int, list[StopFlag]]:
    named = {pk: {person_key(name) for name in names} & of_key.keys() for pk, names in names_by_case(some).items()}
    doubtful = [case.submission_id for case in some if any(f.born_on for key in named[case.pk] for f in of_key[key])]
    births = births_by_name(doubtful, person_key)
    found: dict[int, list[StopFlag]] = {}
    for case in some:
        known = births.get(case.submission_id, {})
        flags = [flag for key in sorted(named[case.pk]) for flag in of_key[key] if _may_be(flag, known.get(key))]
        if flags:
            found[case.pk] = flags
    return found


def _may_be(flag: StopFlag, births: Collection[date] | None) -> bool:
    """Whether a person of the name can be the protected one: where every birth date given is another, they are not."""
    return flag.born_on is None or not births or flag.born_on in births


def unreleased_flagged(rows: Sequence[Row]) -> list[Row]:
    """Return the rows whose case names a person under a stop flag and that nobody has released since.

    The one rule of letters, print batches and reconfirmations.
    """
    unseen = [row for row in rows if row.released_at is None]
    held = flagged_cases({row.case_id: row.case for row in unseen}.values())
    return [row for row in unseen if row.case_id in held]


def is_flagged(case: Case) -> bool:
    """Tell whether a case names a person under a stop flag."""
    return bool(flagged_cases([case]))
