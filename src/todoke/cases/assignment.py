"""Assignment 担当: assigns many cases at once, all or none, and hands a person's cases over to a successor."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import DateField, QuerySet
from django.utils import timezone

from todoke.accounts.actors import label_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.models import Case, CaseEvent
from todoke.cases.models.querysets import departments_worked_in, places_query
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

MAX_CASES = 500


def assignable_users(user: User) -> QuerySet[User]:
    """Return who may be assigned the cases of a person's departments."""
    return _working_in(departments_worked_in(user), today())


def _working_in(departments: QuerySet[Department], on: Any) -> QuerySet[User]:
    held = Tenure.objects.current(on).persons().filter(post__department__in=departments.values("pk"))
    return User.objects.filter(tenures__in=held.filter(user__is_active=True)).distinct().order_by("kana", "pk")


def _people_query() -> "QuerySet[User, tuple[int, str, str]]":
    return _working_in(places_query(), Parameter("on", DateField())).values_list("pk", "name", "kana")


_PEOPLE = CompiledQuery(_people_query)


def assignable_names(user: User) -> list[tuple[int, str]]:
    """Return the same people as keys and names, for choices."""
    return [(pk, name) for pk, name, _ in _PEOPLE.rows(user=user.pk, on=today())]


def selected_cases(numbers: Sequence[str], *, by: User) -> list[Case]:
    """Return the open cases with these numbers.

    Raises NotAllowed when one of them is not there, not open or not the person's, without saying which, and Refused for
    none or too many.
    """
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise Refused("案件を一件以上選んでください。")
    if len(wanted) > MAX_CASES:
        raise Refused(f"一度に選べるのは{MAX_CASES}件までです。絞り込んでから選んでください。")
    cases = list(
        Case.objects.in_office_of(by)
        .filter(number__in=wanted)
        .exclude(applicant=by)
        .select_related("release__offer__procedure", "assignee", "department")
        .order_by("number")
    )
    if len(cases) != len(wanted):
        raise NotAllowed("扱えない案件が含まれています。何も変わっていません。")
    closed = [case.number for case in cases if case.is_closed]
    if closed:
        raise Refused(f"終わった案件が含まれています({closed[0]} など{len(closed)}件)。何も変わっていません。")
    return cases


@transaction.atomic
def assign_all(numbers: Sequence[str], assignee: User | None, *, by: User) -> int:
    """Assign all the cases to one colleague (None: nobody), or none of them (一括の担当変更).

    Return how many changed.
    """
    return _give(selected_cases(numbers, by=by), assignee, by=by)


def _give(cases: Sequence[Case], assignee: User | None, *, by: User) -> int:
    """Write what ``Case.assign`` would write for each, in one update conditional on every case being still open."""
    if assignee is not None:
        allowed = set(departments_worked_in(assignee).values_list("pk", flat=True))
        if any(case.department_id not in allowed or case.applicant_id == assignee.pk for case in cases):
            raise NotAllowed("担当者は、すべての案件の部署の職員から選んでください。何も変わっていません。")
    still = Case.objects.filter(pk__in=[case.pk for case in cases]).open()
    if still.update(assignee=assignee) != len(cases):
        raise Conflict("ほかの人が先に終わらせた案件があります。何も変わっていません。開き直して選んでください。")
    now, name = timezone.now(), str(assignee or "未定")
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=case, at=now, act="担当者の変更", after=case.status, actor=by, actor_label=label_of(by), reason=name,
            audience=CaseEvent.Audience.OFFICE,
        )
        for case in cases
    )  # fmt: skip
    after = {"assignee": assignee.pk if assignee else None}
    for case in cases:
        log.record(case, "担当者の変更", by=by, before={"assignee": case.assignee_id}, after=after)
    return len(cases)


def assigned_to(person: User, *, by: User) -> list[Case]:
    """Return the open cases assigned to a person, in the departments of the one who asks."""
    cases = Case.objects.in_office_of(by).filter(assignee=person).open()
    return list(cases.select_related("release__offer__procedure", "assignee", "department").order_by("due_on", "pk"))


@transaction.atomic
def reassign_all(person: User, successor: User, *, by: User) -> int:
    """Reassign all open cases of a person to a successor (人事異動の引継ぎ); return how many.

    Raises Refused for none.
    """
    if person == successor:
        raise Refused("引き継ぐ相手に、別の人を選んでください。")
    return _give(assigned_to(person, by=by), successor, by=by)
