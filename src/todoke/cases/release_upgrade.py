"""Release upgrade 引継ぎ: moves an unsent draft to a newer release; a sent application never moves."""

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.cases.models import Draft
from todoke.offers.models import Release


@transaction.atomic
def upgrade_draft(draft: Draft, *, by: Actor) -> bool:
    """Migrate a draft's answers to the release in force, with notices to the applicant; False if it is there."""
    newest = Release.objects.in_force().filter(offer=draft.release.offer_id).select_related("form_version").first()
    if newest is None or newest.pk == draft.release_id:
        return False
    before = {"release": draft.release.number}
    if not compare_and_set(draft, {"release": draft.release_id, "sent_at": None}, release=newest):
        return False
    draft.submission.migrate_to(newest.form_version, by=by)
    log.record(draft, "新しい版への引継ぎ", by=by, before=before, after={"release": newest.number})
    return True
