"""Navigation 案内板: one explicit list per face; an entry shows when its page exists and a post allows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """A line of the rail: label, URL name, and the roles of posts it is meant for (none: everybody).

    ``also`` names the beginnings of further addresses of its face whose pages belong under it.
    """

    label: str
    url_name: str
    roles: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    current: bool


DESIGNING = frozenset({"designer", "headquarters"})
CASEWORK = frozenset({"clerk", "chief"})
INVENTORY = ("reviews/", "rounds/", "imports/", "judgements/", "resemblances/", "years/")
SHEETS_OF_PLANS = tuple(
    f"sheets/{register}/" for register in ("plans", "strategies", "measures", "milestones", "indicators", "targets")
)

FACES: tuple[Entry, ...] = (
    Entry("職員", "office:home"),
    Entry("設計", "studio:home", DESIGNING),
    Entry("業務フロー", "studio:flows", CASEWORK),
    Entry("推進本部", "board:home"),
    Entry("住民のページ", "portal:home"),
)

RAILS: dict[str, tuple[Entry, ...]] = {
    "office": (
        Entry("きょうの仕事", "office:home"),
        Entry("案件", "office:inbox", also=("batches/", "flags/", "held-mails/", "opinions/")),
        Entry("窓口・郵送の受付", "office:counter", also=("reconfirmations/",)),
        Entry("決裁", "office:proposals", also=("absences/", "records/", "classifications/", "routes/")),
        Entry("手続の台帳", "office:procedures", also=INVENTORY),
        Entry("収納", "office:payments", frozenset({"treasurer"})),
        Entry("調達", "office:procurements"),
    ),
    "studio": (
        Entry("設計の入口", "studio:home", DESIGNING),
        Entry("様式", "studio:forms", DESIGNING),
        Entry("オンライン受付", "studio:offers", DESIGNING),
        Entry("業務フロー", "studio:flows", also=("mining/", "surveys/")),
        Entry("部品の見本", "studio:gallery", DESIGNING),
    ),
    "board": (
        Entry("いまの姿", "board:home"),
        Entry("オンライン化の割合", "board:rates", also=("completeness/", "priorities/", "roadmaps/", "cashless/")),
        Entry("利用の流れ", "board:funnel"),
        Entry("計画", "board:plans", also=("indicators/", "cards/", "peers/", *SHEETS_OF_PLANS)),
        Entry("会議", "board:meetings"),
        Entry("宿題", "board:commitments"),
        Entry("情報システム", "board:systems", also=("incidents/", "changes/", "sheets/")),
    ),
}


def lines(entries: Iterable[Entry], *, path: str, roles: frozenset[str]) -> list[Line]:
    """Return the entries one may open, with the one marked that knows the longest beginning of ``path``."""
    open_to_me = [entry for entry in entries if not entry.roles or entry.roles & roles]
    found = [(entry, url) for entry in open_to_me if (url := address(entry.url_name))]
    reach = [_known(path, url, entry.also) for entry, url in found]
    most = max(reach, default=0)
    return [Line(entry.label, url, 0 < most == own) for (entry, url), own in zip(found, reach, strict=True)]


def _known(path: str, url: str, also: tuple[str, ...]) -> int:
    """Return how many letters of ``path`` an entry at ``url`` knows, with the further addresses of its face."""
    face = f"/{url.split('/')[1]}/"
    return max((len(start) for start in (url, *(face + each for each in also)) if path.startswith(start)), default=0)


def address(url_name: str) -> str:
    """Return where a page is, or "" while it does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
