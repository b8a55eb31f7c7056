"""Channel counts 経路別件数の取込: import of counts from other systems, such as certificates issued at konbini."""

from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.file_validation.bounded_read import read_bounded
from todoke.insights.models import ChannelCount
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import parse_integer
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.import_report import ImportReport
from todoke.spreadsheets.table import read_table

HEADS = ("期間の初日", "期間の末日", "証明書・手続", "経路", "件数")

WANTED = (Headings(tuple((head,) for head in HEADS)),)
MAX_COUNTS = 5_000


@transaction.atomic
def import_counts(name: str, content: bytes, *, by: Actor) -> ImportReport:
    """Import counts by channel (経路別件数の取込), all or nothing; the same period is replaced. Raises Unreadable."""
    table = read_bounded(read_table, content, WANTED)
    if len(table.rows) > MAX_COUNTS:
        raise Unreadable(f"一度に取り込めるのは{MAX_COUNTS:,}行までです。期間を分けて取り込んでください。")
    if not table.rows:
        raise Unreadable("見出しの下に行がありません。件数の行を入れてから、もう一度取り込んでください。")
    for number, row in table.records():
        count = _count(number, row, name)
        facts = {"ends_on": count.ends_on, "count": count.count, "source": count.source}
        ChannelCount.objects.update_or_create(
            what=count.what, channel=count.channel, starts_on=count.starts_on, defaults=facts
        )
    log.record("insights.channelcount/import", "経路別件数の取込", by=by, after={"file": name, "rows": len(table.rows)})
    return ImportReport(len(table.rows), left_out=table.left_out)


def _count(number: int, row: dict[str, str], name: str) -> ChannelCount:
    starts, ends = parse_cell_date(row["期間の初日"]), parse_cell_date(row["期間の末日"])
    count = parse_integer(row["件数"].removesuffix("件"))
    told = f"{number}行目を読めません。日付は 2026-11-01 のように、初日から末日の順に、件数は整数にしてください。"
    if starts is None or ends is None or count is None or ends < starts:
        raise Unreadable(told)
    found = ChannelCount(
        what=row["証明書・手続"], channel=row["経路"], source=name[:200], starts_on=starts, ends_on=ends, count=count
    )
    try:
        found.clean_fields()
    except ValidationError as problem:
        raise Unreadable(told) from problem
    return found
