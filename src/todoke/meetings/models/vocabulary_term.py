"""Vocabulary 用語: the words of a body that a transcript is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.meetings.models.meeting import Body
from todoke.runtime.refusals import Refused

MOST_TERMS, MOST_OTHERS = 300, 5
BETWEEN = "、"


class VocabularyTerm(models.Model):
    """用語: a word that a body uses, as it is written and as it is read, and how others spell it."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="terms", verbose_name="会議体")
    written = models.CharField("書き方", max_length=40)
    reading = models.CharField("読み方", max_length=80, blank=True)
    others = models.CharField("ほかの書き方", max_length=200, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "用語"
        ordering = ["body", "written"]
        constraints = [models.UniqueConstraint(fields=["body", "written"], name="meetings_a_term_once_a_body")]

    def __str__(self) -> str:
        return self.written

    @property
    def other_spellings(self) -> list[str]:
        """How others spell it, for which this one is proposed."""
        return self.others.split(BETWEEN) if self.others else []


@transaction.atomic
def keep_terms(
    body: Body,
    terms: Iterable[tuple[str, str]],
    *,
    by: Actor,
    others: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> int:
    """Keep these words, each with its reading, instead of the former ones (用語の登録); return how many.

    ``others`` are other spellings by the word. Raises Refused for too many, for one that is too short or too long to be
    compared, and for a spelling that says two words.
    """
    wanted = {written.strip(): reading.strip() for written, reading in terms if written.strip()}
    if len(wanted) > MOST_TERMS:
        raise Refused(f"用語は{MOST_TERMS}語までです。よく使う言葉だけにしてください。")
    if wrong := next((each for each in wanted if not 2 <= len(each) <= 40 or len(wanted[each]) > 80), None):
        raise Refused(f"「{wrong[:40]}」は、2字から40字まで、読み方は80字までで書いてください。")
    _require_spellings(wanted, others)
    before = body.terms.count()
    body.terms.all().delete()
    VocabularyTerm.objects.bulk_create(
        VocabularyTerm(body=body, written=each, reading=reading, others=BETWEEN.join(others.get(each, ())))
        for each, reading in wanted.items()
    )
    record(body, "用語の登録", by=by, before={"用語": before}, after={"用語": len(wanted)})
    return len(wanted)


def _require_spellings(wanted: Mapping[str, str], others: Mapping[str, Sequence[str]]) -> None:
    """Raises Refused for another spelling that is a term, says two of them, or is too short, too long or too many."""
    known = list(wanted)
    for term, spellings in others.items():
        if len(spellings) > MOST_OTHERS or any(not 2 <= len(each) <= 38 for each in spellings):
            raise Refused(f"「{term[:40]}」のほかの書き方は、2字から38字までで{MOST_OTHERS}個までにしてください。")
        if twice := next((each for each in spellings if each in known), None):
            raise Refused(f"「{twice}」が二度出てきます。ほかの書き方は、一つの用語にだけ書いてください。")
        known += spellings
