"""Permissions 権限: what a person may do by the posts they hold today; each room declares its own acts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.db.models import Q, QuerySet

from todoke.accounts.models import User
from todoke.organization.models import Department, Post, Tenure
from todoke.runtime.rooms import RoomConfig, rooms

EVERY_ROLE: tuple[str, ...] = tuple(Post.Role.values)


@dataclass(frozen=True)
class Permission:
    """権限: an act in Japanese words, the roles whose posts give it, and for the rows of which departments.

    ``everywhere``: of all. ``within``: of the department of the post. ``below``, ``above``: of the departments directly
    below it, of the one directly above it. ``source``: the statute or rule that says so, where there is one.
    """

    act: str
    everywhere: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    source: str = ""

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles that hold it for any row."""
        return frozenset((*self.everywhere, *self.within, *self.below, *self.above))

    def held_by(self, user: User, department: Department | None = None) -> bool:
        """Tell whether a person holds it today for a row of a department; for one of no department, if not given."""
        return Tenure.objects.of(user).current().filter(self._posts(department)).exists()

    def people(self, department: Department | None = None) -> QuerySet[User]:
        """Return everybody who holds it today for a row of a department; for one of no department, if not given."""
        held = Tenure.objects.current().persons().filter(self._posts(department))
        return User.objects.filter(pk__in=held.values("user"), is_active=True)

    def _posts(self, department: Department | None) -> Q:
        """Return the posts that give it for a row of a department."""
        posts = Q(post__role__in=self.everywhere)
        if department is not None:
            posts |= Q(post__role__in=self.within, post__department=department)
            posts |= Q(post__role__in=self.below, post__department=department.parent_id)
            posts |= Q(post__role__in=self.above, post__department__parent=department)
        return posts

    def departments_of(self, user: User) -> list[Department]:
        """Return the departments for whose rows a person holds it today; ``everywhere`` is left out of account."""
        return list(self.departments_by(Tenure.objects.of(user).current()).distinct())

    def departments_by(self, held: QuerySet[Tenure]) -> QuerySet[Department]:
        """Return the departments for whose rows tenures give it, one perhaps twice; ``everywhere`` left out."""
        found = Q(posts__tenures__in=held.filter(post__role__in=self.within))
        if self.below:
            found |= Q(parent__posts__tenures__in=held.filter(post__role__in=self.below))
        if self.above:
            found |= Q(children__posts__tenures__in=held.filter(post__role__in=self.above))
        return Department.objects.filter(found)


def declared_permissions() -> Iterator[tuple[RoomConfig, list[Permission]]]:
    """Return every installed room that declares permissions, with them in the order of its ``permissions.py``."""
    for room in rooms():
        if room.permissions:
            held = vars(import_module(room.permissions)).values()
            yield room, [permission for permission in held if isinstance(permission, Permission)]


@cache
def entrances() -> Mapping[str, Permission]:
    """Return the permission to open pages by the first segment of their path or its first two.

    Each face lists its own as ``ENTRANCES``; what none lists is open to everybody.
    """
    modules = [import_module(room.permissions) for room in rooms() if room.permissions]
    return {path: opens for module in modules for path, opens in getattr(module, "ENTRANCES", {}).items()}


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
