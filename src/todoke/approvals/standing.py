"""Standing 立場: in which posts a person may act at this moment, and by what right."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.approvals.models.standin import Absence, Delegation, Deputy
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure


class Capacity(models.TextChoices):
    OWN = "own", "本人"
    DELEGATED = "delegated", "委任"
    ABSENCE = "absence", "代決"


@dataclass(frozen=True)
class Standing:
    """立場: a post in which a person may act, by what right, and for whom when not for themselves."""

    post: Post
    capacity: Capacity
    principal: User | None = None

    def fits(self, role: str, department: Department | None) -> bool:
        """Tell whether this is a post that a step waits for."""
        return self.post.role == role and (department is None or self.post.department_id == department.pk)


def _present(posts: set[int], on: date) -> dict[int, bool]:
    """Tell for each post whether somebody who holds it is here today; a vacant post is absent."""
    away = set(Absence.objects.current(on).values_list("user_id", flat=True))
    present: dict[int, bool] = dict.fromkeys(posts, False)
    holders = Tenure.objects.current(on).filter(post__in=posts, user__is_active=True)
    for post, user in holders.values_list("post_id", "user_id"):
        present[post] = present[post] or user not in away
    return present


def _deputised(own: list[Post], on: date) -> list[Post]:
    """Posts whose holders are all away and whose first present deputy is one of these posts."""
    wanted = Deputy.objects.filter(deputy__in=own).values("post")
    ranks: dict[int, list[Deputy]] = defaultdict(list)
    for rank in Deputy.objects.filter(post__in=wanted).select_related("post__department").order_by("post", "order"):
        ranks[rank.post_id].append(rank)
    if not ranks:
        return []
    here = _present({*ranks, *(rank.deputy_id for chain in ranks.values() for rank in chain)}, on)
    mine = {post.pk for post in own}
    found = []
    for post, chain in ranks.items():
        first = next((rank for rank in chain if here[rank.deputy_id]), None)
        if not here[post] and first is not None and first.deputy_id in mine:
            found.append(first.post)
    return found


def standings(user: User, on: date | None = None) -> list[Standing]:
    """Return every post in which a person may act today: their own, delegated ones, and as the deputy in absence."""
    on = on or today()
    tenures = Tenure.objects.of(user).current(on).select_related("post__department")
    own = [tenure.post for tenure in tenures]
    given = Delegation.objects.current(on).filter(delegate=user).select_related("post__department", "principal")
    return [
        *(Standing(post, Capacity.OWN) for post in own),
        *(Standing(given.post, Capacity.DELEGATED, given.principal) for given in given),
        *(Standing(post, Capacity.ABSENCE) for post in (_deputised(own, on) if own else [])),
    ]


def steps_open_to(held: list[Standing], prefix: str = "") -> Q:
    """Return the condition that a step waits for one of these posts."""
    wanted = Q(pk__in=[])
    for standing in held:
        place = Q(**{f"{prefix}department": standing.post.department_id}) | Q(**{f"{prefix}department__isnull": True})
        wanted |= Q(**{f"{prefix}role": standing.post.role}) & place
    return wanted


def holders(role: str, department: Department | None, on: date | None = None) -> list[User]:
    """Return the people who hold a post of a role today, in one department unless any will do."""
    found = Tenure.objects.current(on).filter(post__role=role, user__is_active=True)
    if department is not None:
        found = found.filter(post__department=department)
    return list(User.objects.filter(tenures__in=found).distinct().order_by("pk"))
