"""Appointments 任免: departments, posts and tenures (from when to when), as the administrator enters them.

It stands here, not in ``organization``, because who holds a post decides who may approve, and each entry is audited.
"""

from datetime import date

from django.db import transaction

from todoke.accounts.models import User
from todoke.approvals.permissions import APPOINT
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.organization.models import Department, Post, Tenure
from todoke.runtime.refusals import NotAllowed, Refused


def can_appoint(user: User) -> bool:
    """Tell whether a person may enter departments, posts and tenures: the administrator only."""
    return APPOINT.held_by(user)


def _only_administrator(by: User) -> None:
    if not can_appoint(by):
        raise NotAllowed("部署・職位・在任を登録できるのは、システム管理担当だけです。")


@transaction.atomic
def create_department(*, code: str, name: str, parent: Department | None, phone: str, by: User) -> Department:
    """Create a department (部署の登録). Raises ValidationError for a code that exists."""
    _only_administrator(by)
    made = Department(code=code, name=name, parent=parent, phone=phone)
    made.full_clean()
    made.save()
    record(made, "部署の登録", by=by, after={"コード": code, "名称": name})
    return made


CONTACT = ("phone", "address", "hours", "directions")
"""The fields of a department that every public page of its procedures shows."""


@transaction.atomic
def change_contact(department: Department, *, by: User, **values: str) -> None:
    """Change telephone, address, opening hours and directions of a department (窓口の案内の変更).

    Raises NotAllowed for anybody but the administrator, ValidationError for what is too long.
    """
    _only_administrator(by)
    before = {name: getattr(department, name) for name in CONTACT}
    after = {name: values[name] for name in CONTACT}
    if before == after:
        return
    for name, value in after.items():
        setattr(department, name, value)
    department.full_clean()
    department.save(update_fields=CONTACT)
    record(department, "窓口の案内の変更", by=by, before=before, after=after)


@transaction.atomic
def create_post(*, department: Department, title: str, role: str, by: User) -> Post:
    """Create a post in a department (職位の登録). Raises ValidationError for a title that exists there."""
    _only_administrator(by)
    made = Post(department=department, title=title, role=role)
    made.full_clean()
    made.save()
    record(made, "職位の登録", by=by, after={"職名": title, "役割": role})
    return made


@transaction.atomic
def appoint(*, post: Post, user: User, starts_on: date, ends_on: date | None, by: User) -> Tenure:
    """Create the tenure of a post from a day (着任). Raises Refused for oneself and for days that overlap."""
    _only_administrator(by)
    if user.pk == by.pk:
        raise Refused("自分の在任は登録できません。別のシステム管理担当に頼んでください。")
    same = Tenure.objects.filter(post=post, user=user)
    if any(_overlap(tenure, starts_on, ends_on) for tenure in same):
        raise Refused("この人は、同じ職位に、重なる期間で登録されています。")
    made = Tenure(post=post, user=user, starts_on=starts_on, ends_on=ends_on)
    made.full_clean()
    made.save()
    record(made, "着任", by=by, after={"職位": str(post), "着任日": starts_on, "離任日": ends_on})
    return made


def _overlap(tenure: Tenure, starts_on: date, ends_on: date | None) -> bool:
    begins_before_end = ends_on is None or tenure.starts_on <= ends_on
    return begins_before_end and (tenure.ends_on is None or tenure.ends_on >= starts_on)


@transaction.atomic
def end_tenure(tenure: Tenure, *, ends_on: date, by: User) -> None:
    """Set the last day of a tenure (離任); permissions and delegations of the post end with it.

    Every session of the person ends at once, so that the next sign-in stands on the new posts.
    Raises Refused for a day before the first one.
    """
    _only_administrator(by)
    if ends_on < tenure.starts_on:
        raise Refused("離任日は、着任日より後の日にしてください。")
    before = tenure.ends_on
    if not compare_and_set(tenure, {"ends_on": before}, ends_on=ends_on):
        raise Refused("ほかの人が先に変えました。画面を開き直して確かめてください。")
    tenure.user.end_sessions()
    record(tenure, "離任", by=by, before={"離任日": before}, after={"離任日": ends_on})
