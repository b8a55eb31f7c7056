"""文書分類表の一覧: which lines a page shows, and what a line means for a file closed on a day."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from todoke.office.pagination import beyond, page_of
from todoke.records.models import Classification, ClassificationTable
from todoke.records.models.classification import Period

SORTS = {"code": "code", "name": "name", "years": "years"}


@dataclass(frozen=True)
class Wish:
    """一覧の条件."""

    words: str = ""
    years: str = ""
    sort: str = "code"
    after: str = ""

    @classmethod
    def of(cls, data: dict[str, str]) -> "Wish":
        """Read the conditions; what makes no sense is left out."""
        sort, years = data.get("sort", ""), data.get("years", "")
        return cls(
            data.get("q", "").strip()[:100],
            years if years in {str(value) for value in Period.values} else "",
            sort if sort.removeprefix("-") in SORTS else "code",
            data.get("after", ""),
        )

    def query(self, **changes: str) -> str:
        parts = {"q": self.words, "years": self.years, "sort": self.sort} | changes
        return urlencode({key: value for key, value in parts.items() if value})

    def address(self, table: ClassificationTable, **changes: str) -> str:
        return f"{reverse('office:classification-table', args=[table.number])}?{self.query(**changes)}"

    def export(self, table: ClassificationTable) -> str:
        return f"{reverse('office:classifications-export', args=[table.number])}?{self.query()}"


def chosen(table: ClassificationTable, wish: Wish) -> QuerySet[Classification]:
    """Return everything that the list shows on all its pages."""
    found = table.lines.select_related("parent")
    if wish.words:
        found = found.filter(
            Q(code__icontains=wish.words) | Q(name__icontains=wish.words) | Q(matter__icontains=wish.words)
        )
    if wish.years:
        found = found.filter(years=int(wish.years))
    key = SORTS[wish.sort.removeprefix("-")]
    return found.order_by(f"-{key}" if wish.sort.startswith("-") else key, "code")


def sheet(table: ClassificationTable, wish: Wish) -> tuple[list[Classification], str]:
    """Return one page and the code after which the next begins; empty at the end."""
    found = chosen(table, wish)
    last = table.lines.filter(code=wish.after).first() if wish.after else None
    if last is not None:
        key = SORTS[wish.sort.removeprefix("-")]
        found = found.filter(beyond(last, key, descending=wish.sort.startswith("-"), tie="code"))
    return page_of(found, "code")
