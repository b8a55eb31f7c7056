"""Case querysets 案件の絞り込み: which cases a person may see, and which need attention."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.cases.models.status import DECIDED, OPEN, Status
from todoke.cases.permissions import PROCESS_CASES
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Tenure

if TYPE_CHECKING:
    from todoke.cases.models.case import Case  # noqa: F401 (names the type of the rows)


def departments_worked_in(user: User) -> models.QuerySet[Department]:
    """Departments whose cases a person processes today: their own, and those below a director's."""
    return PROCESS_CASES.departments_by(Tenure.objects.of(user).current())


def places_query() -> models.QuerySet[Department]:
    """Return the same for compiled queries, whose parameters are then ``user`` and the business date ``on``."""
    user: Any = Parameter("user", models.IntegerField())
    on: Any = Parameter("on", models.DateField())
    held = Tenure.objects.filter(user=user, user__is_active=True).current(on)
    return PROCESS_CASES.departments_by(held).order_by()


def _works_query() -> models.QuerySet[Department, tuple[int]]:
    return places_query().filter(pk=Parameter("department", models.IntegerField())).values_list("pk")[:1]


_WORKS = CompiledQuery(_works_query)
_PLACES = CompiledQuery(lambda: places_query().values_list("pk").distinct())


def department_ids_of(user: User) -> list[int]:
    """Return the ids of the departments whose cases a person processes today."""
    return [pk for (pk,) in _PLACES.rows(user=user.pk, on=today())]


def works_in(user: User, department: int) -> bool:
    """Tell whether a person processes the cases of a department today."""
    return bool(_WORKS.rows(user=user.pk, department=department, on=today()))


class CaseQuerySet(models.QuerySet["Case"]):
    def of(self, user: User) -> CaseQuerySet:
        """A resident's own applications."""
        return self.filter(applicant=user)

    def in_office_of(self, user: User) -> CaseQuerySet:
        """Cases of the departments that a member of staff works in today."""
        return self.filter(department__in=departments_worked_in(user).values("pk"))

    def visible_to(self, user: User) -> CaseQuerySet:
        """A person's own applications and, for staff, those of their departments."""
        return self.filter(Q(applicant=user) | Q(department__in=departments_worked_in(user).values("pk")))

    def open(self) -> CaseQuerySet:
        return self.filter(status__in=OPEN)  # no exclusion: an index is sought by what it holds

    def decided(self) -> CaseQuerySet:
        return self.filter(status__in=DECIDED)

    def overdue(self, on: date | None = None) -> CaseQuerySet:
        """Open cases past their deadline on a business date (default: today)."""
        return self.open().filter(due_on__lt=on or today())

    def unassigned(self) -> CaseQuerySet:
        return self.open().filter(assignee__isnull=True)

    def waiting_for_applicant(self) -> CaseQuerySet:
        return self.filter(status=Status.CORRECTION)
