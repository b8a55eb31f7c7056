"""Section members 部署の職員: who belongs to which section on a day, by the posts that they hold."""

from datetime import date

from django.db.models import QuerySet

from todoke.accounts.models import User
from todoke.organization.models import Department, Tenure
from todoke.runtime.refusals import NotAllowed


def section_of(user: User, on: date) -> Department:
    """Return the section in which a person works on a day: of several posts that of the longest tenure.

    Raises NotAllowed for who holds no post on that day.
    """
    held = Tenure.objects.of(user).current(on).persons().select_related("post__department")
    tenure = held.order_by("starts_on", "pk").first()
    if tenure is None:
        raise NotAllowed("この日に就いている職位がありません。人事担当に、在任の登録を確かめてください。")
    return tenure.post.department


def members_of(department: Department, on: date) -> list[User]:
    """Return the people who work in a section on a day, by name; who also holds a post elsewhere is in one section."""
    held = Tenure.objects.current(on).persons().filter(user__is_active=True)
    first: dict[int, Tenure] = {}
    here = held.filter(post__department=department).values("user")
    for tenure in held.filter(user__in=here).select_related("post", "user").order_by("starts_on", "pk"):
        first.setdefault(tenure.user_id, tenure)
    mine = [tenure.user for tenure in first.values() if tenure.post.department_id == department.pk]
    return sorted(mine, key=lambda user: (user.kana or user.name, user.pk))


def staff_on(on: date) -> "QuerySet[User]":
    """Return everybody who holds a post on a day, without the accounts of other systems."""
    held = Tenure.objects.current(on).persons()
    return User.objects.filter(pk__in=held.values("user"), is_active=True)
