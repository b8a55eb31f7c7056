"""Authority 立場: the posts in which a person may act today, and in which capacity."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import DateField, Exists, IntegerField, OuterRef, Q, QuerySet

from todoke.accounts.models import User
from todoke.approvals.models.substitution import Absence, Delegation, Deputy
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure

_ON: Any = Parameter("on", DateField())
_USER: Any = Parameter("user", IntegerField())


class Capacity(models.TextChoices):
    OWN = "own", "本人"
    DELEGATED = "delegated", "委任"
    ABSENCE = "absence", "代決"


@dataclass(frozen=True)
class Authority:
    """立場: a post in which a person may act, the capacity, and the principal when acting for somebody else.

    ``drafter``: it holds only for what this holder of the post drafted, who counts as absent there.
    """

    post: Post
    capacity: Capacity
    principal: User | None = None
    drafter: int | None = None

    def matches_step(self, role: str, department: Department | None, drafter: int) -> bool:
        """Tell whether a step of this drafter's proposal is waiting for the post."""
        here = self.post.role == role and (department is None or self.post.department_id == department.pk)
        return here and self.drafter in {None, drafter}


PresentHolders = dict[int, frozenset[int]]


def _held_query() -> QuerySet[Tenure]:
    """The posts that a person holds on a day."""
    return Tenure.objects.filter(user=_USER, user__is_active=True).current(_ON).select_related("post__department")


def _given_query() -> "QuerySet[Delegation]":
    """What was delegated to a person on a day."""
    found = Delegation.objects.current(_ON).filter(delegate=_USER)
    return found.select_related("post__department", "principal").order_by("starts_on", "pk")


def _chains_query() -> "QuerySet[Deputy]":
    """The deputies, in their order, of every post for which a post of this person is a deputy."""
    held = Tenure.objects.filter(user=_USER, user__is_active=True).current(_ON).order_by().values("post")
    posts = Deputy.objects.filter(deputy__in=held).order_by().values("post")
    return Deputy.objects.filter(post__in=posts).select_related("post__department").order_by("post", "order")


def _here_query(*, anywhere: bool) -> QuerySet[Tenure, tuple[Any, ...]]:
    """Ids of the people who hold a post of a role and are not absent, in one department or (``anywhere``) in any."""
    away = Absence.objects.current(_ON).filter(user=OuterRef("user"))
    found = Tenure.objects.current(_ON).filter(~Exists(away), post__role=Parameter("role", models.CharField()))
    if not anywhere:
        found = found.filter(post__department=Parameter("department", IntegerField()))
    return found.filter(user__is_active=True).order_by().values_list("user_id")


_HELD = CompiledQuery(_held_query)
_GIVEN = CompiledQuery(_given_query)
_CHAINS = CompiledQuery(_chains_query)
_HERE_ANYWHERE = CompiledQuery(lambda: _here_query(anywhere=True))
_HERE = CompiledQuery(lambda: _here_query(anywhere=False))


def _present(posts: Iterable[int], on: date) -> PresentHolders:
    """Return the present holders by post; a vacant post has none."""
    away = set(Absence.objects.current(on).values_list("user_id", flat=True))
    found: dict[int, set[int]] = {post: set() for post in posts}
    holders = Tenure.objects.current(on).filter(post__in=found, user__is_active=True)
    for post, user in holders.values_list("post_id", "user_id"):
        if user not in away:
            found[post].add(user)
    return {post: frozenset(users) for post, users in found.items()}


def _ranked(rows: Iterable[Deputy]) -> dict[int, list[Deputy]]:
    """Return the deputies of posts in their order."""
    found: dict[int, list[Deputy]] = defaultdict(list)
    for rank in rows:
        found[rank.post_id].append(rank)
    return found


def _ranks(posts: Iterable[int]) -> dict[int, list[Deputy]]:
    rows = Deputy.objects.filter(post__in=posts).select_related("post__department").order_by("post", "order")
    return _ranked(rows)


def _acting(chain: list[Deputy], here: PresentHolders, drafter: int | None = None) -> Deputy | None:
    """Return the first present deputy when no holder of the post is present.

    A drafter is absent for their own draft.
    """
    mine = frozenset({drafter})
    if here[chain[0].post_id] - mine:
        return None
    return next((rank for rank in chain if here[rank.deputy_id] - mine), None)


def _deputised(user: User, own: list[Post], on: date) -> list[Authority]:
    """Return the authorities in absence: posts whose first present deputy is one of ``own``."""
    mine = {post.pk for post in own}
    chains = _ranked(_CHAINS.all(user=user.pk, on=on))
    if not chains:
        return []
    here = _present({*chains, *(rank.deputy_id for chain in chains.values() for rank in chain)}, on)
    found = []
    for chain in chains.values():
        involved = {*here[chain[0].post_id], *(user for rank in chain for user in here[rank.deputy_id])}
        for drafter in (None, *sorted(involved)):
            first = _acting(chain, here, drafter)
            if first is not None and first.deputy_id in mine:
                found.append(Authority(first.post, Capacity.ABSENCE, drafter=drafter))
                if drafter is None:
                    break
    return found


def authorities_of(user: User, on: date | None = None) -> list[Authority]:
    """Return every authority of a person on a day (default: today): own posts, delegated ones, and in absence."""
    on = on or today()
    own = [tenure.post for tenure in _HELD.all(user=user.pk, on=on)]
    return [
        *(Authority(post, Capacity.OWN) for post in own),
        *(Authority(given.post, Capacity.DELEGATED, given.principal) for given in _GIVEN.all(user=user.pk, on=on)),
        *(_deputised(user, own, on) if own else []),
    ]


def steps_open_to(held: list[Authority]) -> Q:
    """Return the condition on steps that one of these authorities may decide."""
    wanted = Q(pk__in=[])
    for authority in held:
        place = Q(department=authority.post.department_id) | Q(department__isnull=True)
        whose = Q() if authority.drafter is None else Q(proposal__drafter=authority.drafter)
        wanted |= Q(role=authority.post.role) & place & whose
    return wanted


def holders(role: str, department: Department | None, on: date | None = None) -> list[User]:
    """Return the holders of posts of a role on a day, in one department, or in any when it is None."""
    found = Tenure.objects.current(on).filter(post__role=role, user__is_active=True)
    if department is not None:
        found = found.filter(post__department=department)
    return list(User.objects.filter(tenures__in=found).distinct().order_by("pk"))


class Handling(models.TextChoices):
    """進み方: who handles a drafter's proposal at a post."""

    HOLDER = "holder", "職位に就いている人"
    DEPUTY = "deputy", "起案者本人の職位のため、代決者が処理"
    ABOVE = "above", "起案者本人の職位のため、上位の職位へ"


def handling_at(drafter: User, role: str, department: Department | None, on: date | None = None) -> Handling:
    """Return who handles a proposal at a post that counts as absent if the drafter holds it (本人の職位は不在).

    Another present holder acts; else the first present deputy; else the post above.
    """
    on = on or today()
    posts = Post.objects.filter(role=role, **({} if department is None else {"department": department}))
    if not Tenure.objects.of(drafter).current(on).filter(post__in=posts).exists():
        return Handling.HOLDER
    here = _present(posts.values_list("pk", flat=True), on)
    if any(users - {drafter.pk} for users in here.values()):
        return Handling.HOLDER
    chains = _ranks(here)
    present = _present({*here, *(rank.deputy_id for chain in chains.values() for rank in chain)}, on)
    deputised = any(_acting(chain, present, drafter.pk) for chain in chains.values())
    return Handling.DEPUTY if deputised else Handling.ABOVE


def approvers_for(drafter: User | None, role: str, department: Department | None, on: date | None = None) -> list[User]:
    """Return who may act at a post for a proposal on a day: the present holders, else the first present deputies.

    ``drafter`` None: for anybody's proposal.
    """
    own = None if drafter is None else drafter.pk
    mine = set() if own is None else {own}
    on = on or today()
    asked = {"role": role, "on": on}
    rows = _HERE_ANYWHERE.rows(**asked) if department is None else _HERE.rows(department=department.pk, **asked)
    found = {user for (user,) in rows} - mine
    if not found:
        posts = Post.objects.filter(role=role, **({} if department is None else {"department": department}))
        chains = _ranks(posts.values_list("pk", flat=True))
        here = {*chains, *(rank.deputy_id for chain in chains.values() for rank in chain)}
        present = _present(here, on)
        acting = [rank for chain in chains.values() if (rank := _acting(chain, present, own))]
        found = {user for rank in acting for user in present[rank.deputy_id]} - mine
    return list(User.objects.filter(pk__in=found).order_by("pk"))
