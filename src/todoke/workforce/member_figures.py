"""Member figures 推進委員の数値: sections with a member in force, those without, and the hours asked of a member."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from todoke.accounts.models import User
from todoke.japanese.periods import this_month
from todoke.organization.models import Department, Tenure
from todoke.workforce.models import DutyHandover, PromotionMember, StaffEnrolment


@dataclass(frozen=True)
class MemberCoverage:
    """推進委員の置かれ方: sections with at least one member in force over sections, on a day."""

    on: date
    sections: int
    covered: int

    @property
    def vacant(self) -> int:
        """Sections without a member."""
        return self.sections - self.covered


def sections_on(on: date) -> "QuerySet[Department]":
    """Return the sections in which somebody works on a day and below which there is no other, with ``members``.

    A seat is empty from the day after the post ends, without anybody's act.
    """
    posts = Tenure.objects.current(on).persons().filter(post__department=OuterRef("pk"))
    below = Department.objects.filter(parent=OuterRef("pk"))
    here = PromotionMember.objects.in_force(on).filter(department=OuterRef("pk")).order_by()
    counted = here.values("department").annotate(number=Count("pk")).values("number")
    rows = Department.objects.filter(Exists(posts)).exclude(Exists(below))
    return rows.annotate(members=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def coverage(on: date) -> MemberCoverage:
    """Return how many sections have a member in force on a day."""
    return MemberCoverage(on, sections_on(on).count(), sections_on(on).filter(Q(members__gt=0)).count())


def vacant_on(on: date) -> "QuerySet[Department]":
    """Return the sections without a member in force on a day."""
    return sections_on(on).filter(Q(members=0))


def not_accepted(on: date) -> "QuerySet[DutyHandover]":
    """Return what was handed over by members whose time or post is over and nobody accepted."""
    return DutyHandover.objects.filter(accepted_at=None).exclude(
        of_member__in=PromotionMember.objects.in_force(on)
    )  # fmt: skip


def asked_minutes(user: User, on: date) -> int:
    """Return the minutes of courses in the month of a day for which a person has a seat."""
    month = this_month(on)
    seats = StaffEnrolment.objects.filter(user=user).exclude(status=StaffEnrolment.Status.WITHDRAWN)
    days = seats.filter(session__starts_at__date__range=(month.first, month.last)).select_related("session")
    return sum(each.session.minutes for each in days)
