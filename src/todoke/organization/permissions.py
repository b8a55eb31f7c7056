"""Duties 職務: what the posts that a person holds today allow."""

from todoke.accounts.models import User
from todoke.organization.models import Department, Post, Tenure


def departments_of(user: User) -> list[Department]:
    """Return the departments in which a person holds any post today."""
    return list(Department.objects.filter(posts__tenures__in=Tenure.objects.of(user).current()).distinct())


def holds(user: User, *roles: str, department: Department | None = None) -> bool:
    """Tell whether a person holds one of the roles today, in one department if it is named."""
    held = Tenure.objects.of(user).current().filter(post__role__in=roles or Post.Role.values)
    if department is not None:
        held = held.filter(post__department=department)
    return held.exists()


def is_staff(user: User) -> bool:
    """Tell whether a person holds any post today."""
    return holds(user)


def keeps_rules(user: User) -> bool:
    """Tell whether a person writes and publishes the city's rules (例規): the headquarters and the records section."""
    return holds(user, Post.Role.HEADQUARTERS, Post.Role.RECORDS)
