"""Monthly statement 月報: copies by certificate and month, read by a layout that is data, taken in once."""

import re

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.file_validation.bounded_read import read_bounded
from todoke.insights.models import ChannelCount, StatementLayout
from todoke.japanese.parsers import parse_integer
from todoke.japanese.periods import Period, month_period, parse_period
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

COMPACT = re.compile(r"(\d{4})(\d{2})")
MOST = 5_000


@transaction.atomic
def import_statement(layout: StatementLayout, name: str, content: bytes, *, by: Actor) -> int:
    """Take a statement in, all of it or nothing; the same month is replaced. Returns how many rows.

    Raises Unreadable, which names the row.
    """
    wanted = Headings(required=((layout.month_head,), (layout.what_head,), (layout.count_head,)))
    table, rows = read_bounded(read_table, content, [wanted], most=MOST), list[tuple[Period, str, int]]()
    for line, cells in table.records():
        month, count = _month(cells[layout.month_head]), parse_integer(cells[layout.count_head].removesuffix("通"))
        what = cells[layout.what_head]
        if month is None or count is None or count < 0 or not 0 < len(what) <= 100:
            raise Unreadable(f"{line}行目を読めません。年月は2026年6月か202606、通数は整数にしてください。")
        rows.append((month, what, count))
    if not rows:
        raise Unreadable("見出しの下に行がありません。件数の行を入れてから、もう一度取り込んでください。")
    for month, what, count in rows:
        facts = {"ends_on": month.last, "count": count, "source": name[:200]}
        ChannelCount.objects.update_or_create(what=what, channel=layout.route, starts_on=month.first, defaults=facts)
    log.record("insights.channelcount/statement", "月報の取込", by=by, after={"file": name, "rows": len(rows)})
    return len(rows)


def _month(text: str) -> Period | None:
    found = COMPACT.fullmatch(text.strip())
    try:
        period = month_period(int(found[1]), int(found[2])) if found else parse_period(text)
    except ValueError:
        return None
    return period if (period.last - period.first).days < 31 else None
