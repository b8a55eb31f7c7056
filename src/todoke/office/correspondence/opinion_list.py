"""意見照会の一覧: which questions between departments a page shows, page by page by key."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from todoke.accounts.models import User
from todoke.cases.models import Opinion
from todoke.design.templatetags.lists import Tab
from todoke.office.pagination import beyond, page_of

VIEWS = {"asked": "回答する", "closed": "終わったもの", "mine": "照会したもの"}
SORTS = {"due": "until", "asked": "asked_at", "number": "case__number"}


@dataclass(frozen=True)
class Wish:
    """一覧の条件."""

    view: str = "asked"
    words: str = ""
    sort: str = "due"
    after: str = ""

    @classmethod
    def of(cls, data: dict[str, str]) -> "Wish":
        """Read the conditions; what makes no sense is left out."""
        view, sort = data.get("view", ""), data.get("sort", "")
        return cls(
            view if view in VIEWS else "asked",
            data.get("q", "").strip()[:100],
            sort if sort.removeprefix("-") in SORTS else "due",
            data.get("after", ""),
        )

    def address(self, **changes: str) -> str:
        parts = {"view": self.view, "q": self.words, "sort": self.sort} | changes
        return f"{reverse('office:opinions')}?{urlencode({key: value for key, value in parts.items() if value})}"


def _of(user: User, view: str) -> QuerySet[Opinion]:
    if view == "mine":
        return Opinion.objects.asked_by_office_of(user)
    found = Opinion.objects.asked_of(user)
    if view == "asked":
        return found.waiting()
    return found.filter(Q(answered_at__isnull=False) | Q(cancelled_at__isnull=False))


def chosen(user: User, wish: Wish) -> QuerySet[Opinion]:
    """Return everything that the list shows on all its pages; what has no day to be answered by comes last."""
    found = _of(user, wish.view).annotate(until=Coalesce("due_on", Value(date.max)))
    if wish.words:
        found = found.filter(
            Q(case__number__icontains=wish.words)
            | Q(department__name__icontains=wish.words)
            | Q(case__department__name__icontains=wish.words)
        )
    key = SORTS[wish.sort.removeprefix("-")]
    return found.select_related(
        "case__release__offer__procedure", "case__department", "department", "asked_by"
    ).order_by(f"-{key}" if wish.sort.startswith("-") else key, "pk")


def sheet(user: User, wish: Wish) -> tuple[list[Opinion], str]:
    """Return one page and the token after which the next begins; empty at the end."""
    found = chosen(user, wish)
    last = found.filter(token=wish.after).first() if wish.after else None
    if last is not None:
        key = SORTS[wish.sort.removeprefix("-")]
        value = last.case.number if key == "case__number" else None
        found = found.filter(beyond(last, key, descending=wish.sort.startswith("-"), tie="pk", value=value))
    return page_of(found, "token")


def tabs(user: User, wish: Wish) -> list[Tab]:
    """Return the tabs; the first says how many wait for an answer."""
    waiting = _of(user, "asked").count()
    return [
        Tab(label, Wish().address(view=view), waiting if view == "asked" else None, view == wish.view)
        for view, label in VIEWS.items()
    ]
