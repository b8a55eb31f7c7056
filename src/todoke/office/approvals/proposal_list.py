"""決裁の机: which proposals a page shows, in a constant number of queries, page by page by key."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.design.templatetags.lists import Tab
from todoke.office.pagination import beyond, page_of

VIEWS = {"waiting": "自分の番", "unread": "後閲", "mine": "自分の起案", "all": "すべて"}
SORTS = {"number": "number", "title": "title", "opened": "opened_at", "amount": "yen"}


@dataclass(frozen=True)
class Wish:
    """一覧の条件: the tab, the words, the status, the order and the page that somebody asked for."""

    view: str = "waiting"
    words: str = ""
    status: str = ""
    sort: str = ""
    after: str = ""

    def address(self, **changes: str) -> str:
        """Return the address of this list with some conditions changed."""
        parts = {"view": self.view, "q": self.words, "status": self.status, "sort": self.sort} | changes
        return f"{reverse('office:proposals')}?{urlencode({key: value for key, value in parts.items() if value})}"


def desk(user: User, view: str) -> QuerySet[Proposal]:
    """Return the proposals of one tab; those that wait keep the urgent ones on top."""
    if view == "waiting":
        return Proposal.objects.waiting_for(user)
    if view == "unread":
        return Proposal.objects.unread_by(user)
    found = Proposal.objects.visible_to(user).order_by("-opened_at", "-pk")
    return found.filter(drafter=user) if view == "mine" else found


def chosen(user: User, wish: Wish) -> QuerySet[Proposal]:
    """Return everything that the list shows on all its pages."""
    found = desk(user, wish.view)
    if wish.words:
        found = found.filter(Q(number__icontains=wish.words) | Q(title__icontains=wish.words))
    if wish.status:
        found = found.filter(status=wish.status)
    key = SORTS.get(wish.sort.removeprefix("-"))
    found = found.annotate(yen=Coalesce("amount", 0))
    if key:
        found = found.order_by(f"-{key}" if wish.sort.startswith("-") else key, "-number")
    return found.select_related("drafter", "department")


def sheet(user: User, wish: Wish) -> tuple[list[Proposal], str]:
    """Return one page and the number after which the next begins; empty at the end of the list.

    Pages hang on the last row shown, so a row that is settled meanwhile shifts nobody's page.
    """
    found = chosen(user, wish)
    last = Proposal.objects.visible_to(user).filter(number=wish.after).first() if wish.after else None
    if last is not None:
        found = found.filter(_beyond(last, wish))
    return page_of(found, "number")


def _beyond(last: Proposal, wish: Wish) -> Q:
    key = SORTS.get(wish.sort.removeprefix("-"))
    if key is None and wish.view in {"waiting", "unread"}:
        urgency = Q(urgent_reason="") if last.urgent_reason else Q(pk__in=[])
        same = Q(urgent_reason="") if not last.urgent_reason else ~Q(urgent_reason="")
        if wish.view == "unread":
            urgency, same = Q(pk__in=[]), Q()
        return urgency | (same & (Q(opened_at__gt=last.opened_at) | Q(opened_at=last.opened_at, pk__gt=last.pk)))
    key = key or "opened_at"
    descending = wish.sort.startswith("-") or not wish.sort
    value = (last.amount or 0) if key == "yen" else None
    return beyond(last, key, descending=descending, tie="-number", value=value)


def tabs(user: User, wish: Wish) -> list[Tab]:
    """Return the tabs; those that ask for something to be done say how many wait."""
    counted = {view: desk(user, view).count() for view in ("waiting", "unread")}
    plain = Wish()
    return [Tab(label, plain.address(view=view), counted.get(view), view == wish.view) for view, label in VIEWS.items()]
