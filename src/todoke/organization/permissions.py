"""Permissions 職務: what a person may do by the posts they hold today."""

from todoke.accounts.models import User
from todoke.organization.models import Department, Post, Tenure


def departments_of(user: User) -> list[Department]:
    """Return the departments in which a person currently holds a post."""
    return list(Department.objects.filter(posts__tenures__in=Tenure.objects.of(user).current()).distinct())


def has_role(user: User, *roles: str, department: Department | None = None) -> bool:
    """Tell whether a person currently holds a post with one of the roles (default: any), in one department if given."""
    held = Tenure.objects.of(user).current().filter(post__role__in=roles or Post.Role.values)
    if department is not None:
        held = held.filter(post__department=department)
    return held.exists()


def is_staff(user: User) -> bool:
    """Tell whether a person currently holds any post."""
    return has_role(user)


def can_edit_rules(user: User) -> bool:
    """Tell whether a person may write and publish rules (例規): the headquarters and the records section."""
    return has_role(user, Post.Role.HEADQUARTERS, Post.Role.RECORDS)
