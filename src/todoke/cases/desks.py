"""Desks 担当: many cases change hands at once, all or none, and everything one person holds goes over in April."""

from collections.abc import Sequence

from django.db import transaction

from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.cases.models.queries import departments_worked_in
from todoke.cases.models.standing import CLOSED
from todoke.cases.refusals import NotYours, Refusal
from todoke.organization.models import Tenure

MOST = 500


def colleagues_of(user: User) -> list[User]:
    """Return who may be given the cases of a person's departments."""
    departments = departments_worked_in(user).values("pk")
    held = Tenure.objects.current().filter(post__department__in=departments, user__is_active=True)
    return list(User.objects.filter(tenures__in=held).distinct().order_by("kana", "pk"))


def chosen(numbers: Sequence[str], *, by: User) -> list[Case]:
    """Return the cases of the numbers given. Raises Refusal unless every one of them is there, open and the person's.

    One foreign number among a hundred makes the whole choice void: nobody learns which it was.
    """
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise Refusal("案件を一件以上選んでください。")
    if len(wanted) > MOST:
        raise Refusal(f"一度に選べるのは{MOST}件までです。絞り込んでから選んでください。")
    cases = list(
        Case.objects.in_office_of(by)
        .filter(number__in=wanted)
        .exclude(applicant=by)
        .select_related("release__offer__procedure", "assignee", "department")
        .order_by("number")
    )
    if len(cases) != len(wanted):
        raise NotYours("扱えない案件が含まれています。何も変わっていません。")
    closed = [case.number for case in cases if case.is_closed]
    if closed:
        raise Refusal(f"終わった案件が含まれています({closed[0]} など{len(closed)}件)。何も変わっていません。")
    return cases


@transaction.atomic
def assign_all(numbers: Sequence[str], assignee: User | None, *, by: User) -> int:
    """Give all the cases to one colleague, or none of them (一括の担当変更); return how many changed hands."""
    cases = chosen(numbers, by=by)
    for case in cases:
        case.assign(assignee, by=by)
    return len(cases)


def held_by(person: User, *, by: User) -> list[Case]:
    """Return the open cases that a person holds, in the departments of the one who asks."""
    cases = Case.objects.in_office_of(by).filter(assignee=person).exclude(status__in=CLOSED)
    return list(cases.select_related("release__offer__procedure", "assignee", "department").order_by("due_on", "pk"))


@transaction.atomic
def hand_over(person: User, successor: User, *, by: User) -> int:
    """Give everything that one person holds to a successor, in one act (人事異動の引継ぎ)."""
    if person == successor:
        raise Refusal("引き継ぐ相手に、別の人を選んでください。")
    cases = held_by(person, by=by)
    for case in cases:
        case.assign(successor, by=by)
    return len(cases)
