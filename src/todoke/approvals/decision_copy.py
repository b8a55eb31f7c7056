"""Decision copy 決裁文書の写し: asked again whenever somebody takes it away."""

from dataclasses import dataclass

from todoke.accounts.actors import Actor, user_of
from todoke.approvals.models import Proposal
from todoke.runtime.refusals import Conflict, NotAllowed


@dataclass(frozen=True)
class DecisionCopy:
    """決裁文書の写し: the decided or circulating proposal as a PDF."""

    proposal: Proposal

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless a post of today gives it to the person, Conflict where it was disposed of."""
        user = user_of(by)
        if user is None or not Proposal.objects.takeable_by(user).filter(pk=self.proposal.pk).exists():
            raise NotAllowed(
                "決裁文書を取り出せるのは、起案した部署と、決裁ルートの職位に、きょう就いている職員です。"
                "要るときは、起案した部署に頼んでください。"
            )
        if not self.proposal.dossier.content:
            raise Conflict("保存期間が終わって廃棄された起案です。内容が残っていないため、取り出せません。")
