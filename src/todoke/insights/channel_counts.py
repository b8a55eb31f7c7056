"""Channel counts 経路別件数の取込: import of counts from other systems, such as certificates issued at konbini."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.file_validation.bounded_read import read_bounded
from todoke.insights.models import ChannelCount
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.table import read_table

HEADS = ("期間の初日", "期間の末日", "証明書・手続", "経路", "件数")

MAX_COUNTS = 5_000


@transaction.atomic
def import_counts(name: str, content: bytes, *, by: Actor) -> int:
    """Import counts by channel (経路別件数の取込), all or nothing; the same period is replaced. Raises Unreadable."""
    heads, *lines = read_bounded(read_table, "counts.csv", content) or [[]]
    rows = [dict(zip(map(str, heads), map(str, line), strict=False)) for line in lines if line]
    if len(rows) > MAX_COUNTS:
        raise Unreadable(f"一度に取り込めるのは{MAX_COUNTS:,}行までです。期間を分けて取り込んでください。")
    if not rows or any(head not in rows[0] for head in HEADS):
        raise Unreadable(f"1行目に「{'」「'.join(HEADS)}」の見出しを入れてください。")
    for number, row in enumerate(rows, 2):
        try:
            count = ChannelCount(
                what=row["証明書・手続"].strip(), channel=row["経路"].strip(), source=name[:200],
                starts_on=date.fromisoformat(row["期間の初日"].strip().replace("/", "-")),
                ends_on=date.fromisoformat(row["期間の末日"].strip().replace("/", "-")),
                count=int(row["件数"].replace(",", "")),
            )  # fmt: skip
            count.clean_fields()
            if count.ends_on < count.starts_on:
                raise ValueError(count.ends_on)
        except (KeyError, ValueError, ValidationError) as problem:
            told = "日付は 2026-11-01 のように、初日から末日の順に、件数は整数にしてください。"
            raise Unreadable(f"{number}行目を読めません。{told}") from problem
        facts = {"ends_on": count.ends_on, "count": count.count, "source": count.source}
        ChannelCount.objects.update_or_create(
            what=count.what, channel=count.channel, starts_on=count.starts_on, defaults=facts
        )
    log.record("insights.channelcount/import", "経路別件数の取込", by=by, after={"file": name, "rows": len(rows)})
    return len(rows)
