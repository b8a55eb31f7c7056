"""留め置いた通知の一覧: which held mails a page shows, page by page by key."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from todoke.accounts.models import User
from todoke.cases.models import HeldMail
from todoke.design.templatetags.lists import Tab
from todoke.office.pagination import beyond, page_of

VIEWS = {"waiting": "確かめるもの", "sent": "送ったもの", "discarded": "送るのをやめたもの", "all": "すべて"}
SORTS = {"held": "pk", "number": "case__number"}


@dataclass(frozen=True)
class Wish:
    """一覧の条件."""

    view: str = "waiting"
    words: str = ""
    sort: str = "-held"
    after: str = ""

    @classmethod
    def of(cls, data: dict[str, str]) -> "Wish":
        """Read the conditions; what makes no sense is left out."""
        view, sort = data.get("view", ""), data.get("sort", "")
        return cls(
            view if view in VIEWS else "waiting",
            data.get("q", "").strip()[:100],
            sort if sort.removeprefix("-") in SORTS else "-held",
            data.get("after", ""),
        )

    def address(self, **changes: str) -> str:
        parts = {"view": self.view, "q": self.words, "sort": self.sort} | changes
        return f"{reverse('office:held-mails')}?{urlencode({key: value for key, value in parts.items() if value})}"


def _of(user: User, view: str) -> QuerySet[HeldMail]:
    found = HeldMail.objects.in_office_of(user)
    if view == "all":
        return found
    return found.waiting() if view == "waiting" else found.filter(outcome=view)


def chosen(user: User, wish: Wish) -> QuerySet[HeldMail]:
    """Return everything that the list shows on all its pages."""
    found = _of(user, wish.view).select_related(
        "case__release__offer__procedure", "delivery__message__user", "decided_by"
    )
    if wish.words:
        found = found.filter(
            Q(case__number__icontains=wish.words) | Q(delivery__message__subject__icontains=wish.words)
        )
    key = SORTS[wish.sort.removeprefix("-")]
    return found.order_by(f"-{key}" if wish.sort.startswith("-") else key, "pk")


def sheet(user: User, wish: Wish) -> tuple[list[HeldMail], str]:
    """Return one page and the token after which the next begins; empty at the end."""
    found = chosen(user, wish)
    last = HeldMail.objects.in_office_of(user).filter(token=wish.after).first() if wish.after else None
    if last is not None:
        key = SORTS[wish.sort.removeprefix("-")]
        value = last.pk if key == "pk" else last.case.number
        found = found.filter(beyond(last, key, descending=wish.sort.startswith("-"), tie="pk", value=value))
    return page_of(found, "token")


def tabs(user: User, wish: Wish) -> list[Tab]:
    """Return the tabs; the first says how many wait."""
    waiting = _of(user, "waiting").count()
    return [
        Tab(label, Wish().address(view=view), waiting if view == "waiting" else None, view == wish.view)
        for view, label in VIEWS.items()
    ]
