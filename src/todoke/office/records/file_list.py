"""公文書の棚: which files a page shows, page by page by key."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from todoke.accounts.models import User
from todoke.design.templatetags.lists import Tab
from todoke.office.pagination import beyond, page_of
from todoke.records.models import Hold, RecordFile

VIEWS = {"kept": "保存中", "expired": "満了", "held": "廃棄停止中", "gone": "廃棄・移管済み"}
SORTS = {"number": "number", "closed": "closed_on"}


@dataclass(frozen=True)
class Wish:
    """一覧の条件."""

    view: str = "kept"
    words: str = ""
    sort: str = ""
    after: str = ""

    @classmethod
    def of(cls, data: dict[str, str]) -> "Wish":
        """Read the conditions; what makes no sense is left out."""
        view, sort = data.get("view", ""), data.get("sort", "")
        return cls(
            view if view in VIEWS else "kept",
            data.get("q", "").strip()[:100],
            sort if sort.removeprefix("-") in SORTS else "",
            data.get("after", ""),
        )

    def address(self, **changes: str) -> str:
        parts = {"view": self.view, "q": self.words, "sort": self.sort} | changes
        return f"{reverse('office:records')}?{urlencode({key: value for key, value in parts.items() if value})}"


def shelf(user: User, view: str) -> QuerySet[RecordFile]:
    """Return the files of one tab."""
    files = RecordFile.objects.visible_to(user)
    held = Exists(Hold.objects.filter(file=OuterRef("pk"), lifted_at__isnull=True))
    if view == "gone":
        return files.filter(status__in=[RecordFile.Status.DISPOSED, RecordFile.Status.TRANSFERRED])
    if view == "expired":
        return files.disposable()
    return files.kept().filter(held) if view == "held" else files.kept()


def chosen(user: User, wish: Wish) -> QuerySet[RecordFile]:
    """Return everything that the list shows on all its pages."""
    found = shelf(user, wish.view)
    if wish.words:
        found = found.filter(Q(number__icontains=wish.words) | Q(kind__icontains=wish.words))
    key = SORTS.get(wish.sort.removeprefix("-"), "closed_on")
    order = key if wish.sort and not wish.sort.startswith("-") else f"-{key}"
    return found.order_by(order, "-number").select_related("classification", "department")


def sheet(user: User, wish: Wish) -> tuple[list[RecordFile], str]:
    """Return one page and the number after which the next begins; empty at the end."""
    found = chosen(user, wish)
    last = RecordFile.objects.visible_to(user).filter(number=wish.after).first() if wish.after else None
    if last is not None:
        key = SORTS.get(wish.sort.removeprefix("-"), "closed_on")
        descending = not wish.sort or wish.sort.startswith("-")
        found = found.filter(beyond(last, key, descending=descending, tie="-number"))
    return page_of(found, "number")


def tabs(user: User, wish: Wish) -> list[Tab]:
    """Return the tabs; expired files say how many wait."""
    return [
        Tab(
            label,
            Wish().address(view=view),
            shelf(user, view).count() if view in {"expired", "held"} else None,
            view == wish.view,
        )
        for view, label in VIEWS.items()
    ]
