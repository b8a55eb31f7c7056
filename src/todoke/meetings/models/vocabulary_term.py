"""Vocabulary 用語: the words of a body that a transcript is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.meetings.models.meeting import Body
from todoke.runtime.refusals import Refused

MOST_TERMS = 300


class VocabularyTerm(models.Model):
    """用語: a word that a body uses, as it is written and as it is read."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="terms", verbose_name="会議体")
    written = models.CharField("書き方", max_length=40)
    reading = models.CharField("読み方", max_length=80, blank=True)

    class Meta:
        verbose_name = "用語"
        ordering = ["body", "written"]
        constraints = [models.UniqueConstraint(fields=["body", "written"], name="meetings_a_term_once_a_body")]

    def __str__(self) -> str:
        return self.written


@transaction.atomic
def keep_terms(body: Body, terms: Iterable[tuple[str, str]], *, by: Actor) -> int:
    """Keep these words, each with its reading, instead of the former ones (用語の登録); return how many.

    Raises Refused for too many, or for one that is too short or too long to be compared.
    """
    wanted = {written.strip(): reading.strip() for written, reading in terms if written.strip()}
    if len(wanted) > MOST_TERMS:
        raise Refused(f"用語は{MOST_TERMS}語までです。よく使う言葉だけにしてください。")
    if wrong := next((each for each in wanted if not 2 <= len(each) <= 40 or len(wanted[each]) > 80), None):
        raise Refused(f"「{wrong[:40]}」は、2字から40字まで、読み方は80字までで書いてください。")
    before = body.terms.count()
    body.terms.all().delete()
    VocabularyTerm.objects.bulk_create(
        VocabularyTerm(body=body, written=each, reading=reading) for each, reading in wanted.items()
    )
    record(body, "用語の登録", by=by, before={"用語": before}, after={"用語": len(wanted)})
    return len(wanted)
