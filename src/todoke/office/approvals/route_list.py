"""決裁ルートの一覧: which routes a page shows, with the version in force and the next one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from todoke.approvals.models import Route, RouteVersion
from todoke.japanese.calendar import today
from todoke.office.pagination import beyond, page_of

SORTS = {"code": "code", "name": "name"}


@dataclass(frozen=True)
class Wish:
    """一覧の条件."""

    words: str = ""
    state: str = ""
    sort: str = "code"
    after: str = ""

    @classmethod
    def of(cls, data: dict[str, str]) -> "Wish":
        """Read the conditions; what makes no sense is left out."""
        sort, state = data.get("sort", ""), data.get("state", "")
        return cls(
            data.get("q", "").strip()[:100],
            state if state in STATES else "",
            sort if sort.removeprefix("-") in SORTS else "code",
            data.get("after", ""),
        )

    def address(self, **changes: str) -> str:
        parts = {"q": self.words, "state": self.state, "sort": self.sort} | changes
        return f"{reverse('office:routes')}?{urlencode({key: value for key, value in parts.items() if value})}"


STATES = {
    "draft": "案を書いている",
    "next": "次の版が公開されている",
    "none": "有効な版がない",
}


def chosen(wish: Wish) -> QuerySet[Route]:
    """Return everything that the list shows on all its pages."""
    versions = RouteVersion.objects.filter(route=OuterRef("pk"))
    now = versions.filter(starts_on__lte=today()).order_by("-starts_on")
    coming = versions.filter(starts_on__gt=today()).order_by("starts_on")
    found = Route.objects.select_related("draft").annotate(
        now_number=Subquery(now.values("number")[:1]),
        now_from=Subquery(now.values("starts_on")[:1]),
        now_basis=Subquery(now.values("basis")[:1]),
        next_from=Subquery(coming.values("starts_on")[:1]),
    )
    if wish.words:
        found = found.filter(Q(code__icontains=wish.words) | Q(name__icontains=wish.words))
    if wish.state:
        found = found.filter(
            {"draft": Q(draft__isnull=False), "next": Q(next_from__isnull=False), "none": Q(now_from__isnull=True)}[
                wish.state
            ]
        )
    key = SORTS[wish.sort.removeprefix("-")]
    return found.order_by(f"-{key}" if wish.sort.startswith("-") else key, "code")


def sheet(wish: Wish) -> tuple[list[Route], str]:
    """Return one page and the code after which the next begins; empty at the end."""
    found = chosen(wish)
    last = Route.objects.filter(code=wish.after).first() if wish.after else None
    if last is not None:
        key = SORTS[wish.sort.removeprefix("-")]
        found = found.filter(beyond(last, key, descending=wish.sort.startswith("-"), tie="code"))
    return page_of(found, "code")
