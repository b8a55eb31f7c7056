"""Opinion check 意見の突合せ: each acknowledged opinion is there once, as it was written, judged, noted and told of."""

from collections import Counter
from collections.abc import Iterator

from todoke.audit import log
from todoke.audit.models import Entry
from todoke.notices.models import Message
from todoke.proving.voice_proof.opinion_visitor import words_of
from todoke.voices.models import CommentReceipt
from todoke.voices.receipt_mail import TEMPLATE


def check(facts: list[dict[str, str]]) -> Iterator[str]:
    """Yield a sentence for each opinion that the register does not hold as the journal tells."""
    related = ("consultation", "timeliness", "comment__sender")
    rows = {row.number: row for row in CommentReceipt.objects.select_related(*related)}
    for fact in facts:
        if fact["what"] != "opined":
            continue
        row = rows.get(fact["number"])
        if row is None:
            yield f"I11 {fact['canary']}: 意見の受付番号 {fact['number']} を返したが、記録がない"
        elif row.text != words_of(fact["canary"]):
            yield f"I11 {fact['canary']}: 受付番号 {fact['number']} の意見が違う"
    written = Counter(row.text for row in rows.values())
    yield from (f"I12 {text[:8]}: 同じ人の同じ意見が {count} 件" for text, count in written.items() if count > 1)
    yield from _traces(list(rows.values()))


def _traces(rows: list[CommentReceipt]) -> Iterator[str]:
    """Each arrival has its judgement, one entry in the trail and one mail."""
    noted = Counter(Entry.objects.filter(act="意見の受付").values_list("subject", flat=True))
    told = Counter(Message.objects.filter(code=TEMPLATE).values_list("email", flat=True))
    for row in rows:
        subject = log.subject_of(row)
        if not hasattr(row, "timeliness"):
            yield f"I11 {row.number}: 期限内の判断がない"
        if noted[subject] != 1:
            yield f"I8 {row.number}: 意見の受付の監査記録が {noted[subject]} 件"
        if told[row.comment.sender.mail] != 1:
            yield f"I5 {row.number}: 意見の受付の通知が {told[row.comment.sender.mail]} 通"
