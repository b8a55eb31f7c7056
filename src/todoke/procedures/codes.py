"""Code tables コード表: choices of the national survey by edition, read from a file; keys are stable, labels change."""

import json
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.db import models

DATA = Path(__file__).parent / "data"
FILE = DATA / "code_tables.json"
EDITIONS = ("R6", "R7")
_SAME_SHAPES = str.maketrans({"〇": "○", "◯": "○", "✕": "×", "✖": "×", "X": "×", "~": "〜"})


class Kind(models.TextChoices):
    """手続類型: the kind of procedure."""

    APPLICATION = "1", "申請等"
    DISPOSITION_ON_APPLICATION = "2-1", "申請等に基づく処分通知等"
    DISPOSITION = "2-2", "申請等に基づかない処分通知等"
    DELIVERY = "2-3", "交付等(民間手続)"
    INSPECTION = "3", "縦覧等"
    RECORD_KEEPING = "4", "作成・保存等"


class Party(models.TextChoices):
    """主体: who applies, receives or forwards."""

    STATE = "1", "国"
    AGENCY = "2", "独立行政法人等"
    LOCAL = "3", "地方等"
    STATE_OR_AGENCY = "4-1", "国又は独立行政法人等"
    AGENCY_OR_LOCAL = "4-2", "独立行政法人等又は地方等"
    STATE_OR_LOCAL = "4-3", "国又は地方等"
    ANY_AUTHORITY = "4-4", "国、独立行政法人等又は地方等"
    PEOPLE = "5", "国民等"
    BUSINESS = "6", "民間事業者等"
    PEOPLE_OR_BUSINESS = "7", "国民等、民間事業者等"


AUTHORITIES = frozenset(Party) - {Party.PEOPLE, Party.BUSINESS, Party.PEOPLE_OR_BUSINESS}


class Duty(models.TextChoices):
    """事務区分: the legal class of the duty."""

    OWN = "1", "自治事務"
    ENTRUSTED_BY_STATE = "2", "第1号法定受託事務"
    ENTRUSTED_BY_PREFECTURE = "3", "第2号法定受託事務"
    NOT_LOCAL = "4", "地方の事務でない"


class Shared(models.TextChoices):
    """府省共通手続: whether ministries share the procedure."""

    ALL = "all", "全府省庁"
    SOME = "some", "一部の府省庁"
    NONE = "none", "府省庁共通手続でない"


class OnlineStatus(models.TextChoices):
    """オンライン化の実施状況: as in the national survey. PARTLY ended with the R6 edition."""

    DONE = "1", "実施済"
    NOT_YET = "2", "未実施"
    EXEMPT = "3", "適用除外"
    OTHER = "4", "その他"
    PARTLY = "5", "一部実施済"


class OnlineFrom(models.TextChoices):
    """オンライン化実施時期: the fiscal year in which it is planned to go online."""

    FY2024 = "1", "2024年度"
    FY2025 = "2", "2025年度"
    FY2026 = "3", "2026年度"
    FY2027 = "4", "2027年度"
    FY2028 = "5", "2028年度"
    FY2029 = "6", "2029年度"
    LATER = "7", "2030年度以降"


class Fee(models.TextChoices):
    """手数料等の納付有無: whether a fee is due."""

    NONE = "1", "手数料等無し"
    SOME = "2", "手数料等有り"


class FeeRelief(models.TextChoices):
    """優遇措置: whether online payment is cheaper."""

    YES = "1", "減免措置有り"
    NO = "2", "減免措置無し"


@dataclass(frozen=True)
class CodeRow:
    """One choice of a code table; a label of None means that the edition does not have it."""

    key: str
    position: int
    labels: dict[str, str | None]
    first_year: int | None = None
    last_year: int | None = None
    replaced_by: str | None = None

    @property
    def label(self) -> str:
        """The label in the newest edition that has one."""
        return next((text for edition in reversed(EDITIONS) if (text := self.labels.get(edition))), self.key)


_OWN_WORDS: dict[str, dict[str, str]] = {
    "online_status": {
        "対応済": "1", "対応済み": "1", "実施済み": "1", "済": "1", "未対応": "2", "未": "2", "対象外": "3",
        "一部対応": "5",
    },
}  # fmt: skip
"""Words that offices write in their own lists, by code table: the key that each means."""


@dataclass(frozen=True)
class Table:
    """One code table; an open table gains new choices during imports."""

    key: str
    name: str
    multiple: bool
    open: bool
    rows: tuple[CodeRow, ...]
    index: dict[str, str] = field(hash=False, compare=False, default_factory=dict)

    def find(self, text: str) -> str | None:
        """Return the key of a label of any edition, of a bare key, or of an office's own word; None for no choice."""
        label = normalize_label(text)
        return self.index.get(label) or _OWN_WORDS.get(self.key, {}).get(label)

    def label(self, key: str) -> str:
        """Return the newest label of a key, or an unknown key itself."""
        return next((row.label for row in self.rows if row.key == key), key)


def normalize_label(text: str) -> str:
    """Return a label folded for comparison: width, look-alike circles and crosses, and white space are ignored."""
    folded = unicodedata.normalize("NFKC", text).translate(_SAME_SHAPES)
    return "".join(folded.split()).casefold()


@cache
def tables() -> dict[str, Table]:
    """Return every code table by its key."""
    content = json.loads(FILE.read_text())
    return {entry["table"]: _table(entry) for entry in content["tables"]}


@cache
def editions() -> dict[str, int]:
    """Return the fiscal year of each edition of the survey."""
    return dict(json.loads(FILE.read_text())["editions"])


def _table(entry: dict[str, object]) -> Table:
    rows = []
    index: dict[str, str] = {}
    codes = entry["codes"]
    assert isinstance(codes, list)
    for position, code in enumerate(codes):
        row = CodeRow(
            key=code["key"],
            position=position,
            labels={edition: code.get(edition.lower()) for edition in EDITIONS},
            last_year=code.get("last_year"),
            replaced_by=code.get("replaced_by"),
        )
        rows.append(row)
        for text in [row.key, *(label for label in row.labels.values() if label)]:
            index.setdefault(normalize_label(text), row.key)
            index.setdefault(normalize_label(text.removeprefix(f"{row.key} ")), row.key)
    return Table(
        str(entry["table"]), str(entry["name"]), bool(entry["multiple"]), bool(entry["open"]), tuple(rows), index
    )
