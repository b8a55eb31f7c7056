"""Seen originals 原本の確認: papers of which staff saw the original stand among the answers, with or without a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from todoke.cases.models import Case, CorrectionItem
from todoke.formbuilder.answers.journey import AnswerKey, SummaryRow


def seen_originals(case: Case) -> dict[AnswerKey, str]:
    """Return the papers of which staff saw the original, each with how it was shown, when and to whom."""
    items = CorrectionItem.objects.filter(request__case=case, means__in=CorrectionItem.ORIGINALS)
    return {item.spot: item.receipt_in_words for item in items.select_related("received_by")}


def with_originals(rows: Iterable[SummaryRow], seen: Mapping[AnswerKey, str], words: str = "") -> Iterator[SummaryRow]:
    """Yield the answers; a paper whose original was seen says so, in ``words`` or as it is kept."""
    for row in rows:
        told = seen.get(AnswerKey(row.question.id, row.row))
        yield replace(row, text="\n".join(filter(None, (row.text, words or told)))) if told else row
