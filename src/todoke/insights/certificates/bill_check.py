"""Bill check 請求の照合: copies × unit fee against what was billed, month by month. Pure arithmetic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class BilledMonth:
    """照合した月: what is known of a month; ``copies`` is None where no statement of it came, which is not 0."""

    month: date
    copies: int | None
    unit_yen: int | None
    billed: int | None

    @property
    def expected(self) -> int | None:
        """Copies × unit fee in yen; None while either is unknown."""
        return None if self.copies is None or self.unit_yen is None else self.copies * self.unit_yen

    @property
    def difference(self) -> int | None:
        """What was billed beyond the expected yen; negative for too little, None while either is unknown."""
        return None if self.billed is None or self.expected is None else self.billed - self.expected

    @property
    def finding(self) -> str:
        """Return in words what is to be done about the month."""
        if self.copies is None:
            return "月報が届いていません。0通とは数えていません。"
        if self.unit_yen is None:
            return "この月の単価が登録されていません。"
        if self.billed is None:
            return "請求額がまだ登録されていません。"
        if not self.difference:
            return "請求は、通数と単価のとおりです。"
        more = "多い" if self.difference > 0 else "少ない"
        return f"請求が{abs(self.difference):,}円{more}です。事業者に確かめてください。"


def check_months(
    first: date, last: date, copies: Mapping[date, int], fees: Iterable[tuple[int, date, date | None]],
    bills: Mapping[date, int],
) -> list[BilledMonth]:  # fmt: skip
    """Return every month from the first to the last, the missing ones too; months are their first days."""
    held, found = list(fees), list[BilledMonth]()
    month = first.replace(day=1)
    while month <= last:
        yen = next((yen for yen, start, end in held if start <= month and (end is None or month <= end)), None)
        found.append(BilledMonth(month, copies.get(month), yen, bills.get(month)))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found
