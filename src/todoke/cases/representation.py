"""Representation 代理: records, before the first answer, who applies for whom and on which authority."""

from django.db import transaction

from todoke.accounts.actors import Actor, user_of
from todoke.audit import log
from todoke.cases.models import Draft, Representation
from todoke.formbuilder.models import Submission
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused


@transaction.atomic
def record_representation(
    draft: Draft, *, kind: str, name: str, relation: str, authority: str, phone: str = "", by: Actor
) -> Representation:
    """Record the agent of a draft (代理の申し出). Raises Refused for a sent application."""
    if not Draft.objects.select_for_update().filter(pk=draft.pk, sent_at=None).exists():
        said = "送ったあとの申請に、代理人を付けることはできません。取り下げてから、もう一度申請してください。"
        raise Refused(said, link=path_to("portal:receipt", draft.submission.token))
    made = Representation(
        draft=draft, kind=kind, name=name, relation=relation, authority=authority, phone=phone, agent=user_of(by)
    )
    made.full_clean(exclude={"agent"})
    made.save()
    Submission.objects.filter(pk=draft.submission_id).update(agent_role=kind)
    log.record(draft, "代理の申し出", by=by, after={"kind": kind, "authority": authority})
    return made
