"""Provider identification 1件の本人確認: a guest shows who they are for one application; no account is made."""

from todoke.accounts.actors import Actor
from todoke.cases.models import Draft
from todoke.federation.models import ANOTHER_PERSON, IdentityCheck
from todoke.federation.provider_word import ProviderWord
from todoke.runtime.refusals import NotAllowed


def identify_draft(draft: Draft, word: ProviderWord, *, by: Actor) -> IdentityCheck:
    """Record who a provider says is applying (1件のための本人確認). Raises NotAllowed.

    Whoever was identified first for an application is the only one who can be identified for it again. What was sent,
    or was identified by staff, is joined to nobody's card afterwards, and an account's application only to its own.
    """
    token = draft.submission.token
    if draft.applicant_id is not None:
        raise NotAllowed("アカウントの申請です。アカウントに本人確認をつないでから続けてください。")
    known = list(IdentityCheck.objects.of(user=None, draft_token=token).values_list("seal", flat=True))
    if word.seal not in known and (known or draft.sent_at is not None):
        raise NotAllowed(ANOTHER_PERSON)
    return IdentityCheck.record(method=IdentityCheck.method_of(word), draft_token=token, word=word, by=by)
