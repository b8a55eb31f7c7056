"""Municipal rows 区の記録: adds and removes the municipality's rows of a procedure, with a change history."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.audit import log
from todoke.procedures.models import FieldChange, LegalBasis, PaperForm, Volume
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused

Fact = Volume | LegalBasis | PaperForm


@transaction.atomic
def add(fact: Fact, *, by: Actor) -> None:
    """記録の追加: save a row of a procedure; one audit entry."""
    fact.save()
    _write_down(fact, "", _words(fact), "記録の追加", by)


@transaction.atomic
def remove(fact: Fact, *, by: Actor) -> None:
    """記録の削除: delete a row of a procedure; one audit entry. Raises Refused while a review refers to it."""
    review = None if isinstance(fact, Volume) else fact.reviews.first()
    if review is not None:
        said = "この記録をもとにした見直しがあります。先に見直しの根拠か様式を変えてください。"
        raise Refused(said, link=path_to("office:review", review.number))
    words = _words(fact)
    fact.delete()
    _write_down(fact, words, "", "記録の削除", by)


def _words(fact: Fact) -> str:
    if isinstance(fact, Volume):
        total = "不明" if fact.total is None else f"{fact.total:,}件"
        return f"{fact.starts_on}〜{fact.ends_on} {total}({fact.get_precision_display()})"
    return str(fact)


def _write_down(fact: Fact, before: str, after: str, act: str, by: Actor) -> None:
    name = str(fact._meta.verbose_name)
    FieldChange.objects.create(
        procedure=fact.procedure, at=timezone.now(), actor=user_of(by), actor_label=label_of(by),
        source=FieldChange.Source.PAGE, field=name, before=before, after=after,
    )  # fmt: skip
    log.record(fact.procedure, act, by=by, before={name: before}, after={name: after})
