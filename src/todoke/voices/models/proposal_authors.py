"""Authorship 提案者: who made a proposal, sealed; of an anonymous one there is no row."""

from typing import TYPE_CHECKING

from django.db import models, transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Refused
from todoke.voices.models.proposal_call import ProposalCall, require_secretariat

if TYPE_CHECKING:
    from todoke.voices.models.staff_proposal import StaffProposal


class Authorship(models.Model):
    """提案者: an author of a proposal, encrypted, with the share of joint authors in percent."""

    proposal = models.ForeignKey(
        "voices.StaffProposal", models.CASCADE, related_name="authorships", verbose_name="職員提案"
    )
    sealed_user = models.TextField("提案した人", editable=False)
    share = models.PositiveSmallIntegerField("分担(%)", default=100)

    class Meta:
        verbose_name = "提案者"
        ordering = ["proposal", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal} 封をした提案者"

    @classmethod
    def seal(cls, proposal: "StaffProposal", people: list[User]) -> None:
        """Keep the authors sealed, with even shares."""
        Authorship.objects.bulk_create(
            Authorship(proposal=proposal, sealed_user=encrypt_text(str(person.pk)), share=100 // len(people))
            for person in people
        )

    @property
    def user_id(self) -> int:
        """The id of the account under the seal."""
        return int(decrypt_text(self.sealed_user))


def people_of(call: ProposalCall) -> int:
    """Return how many people made the proposals of a call whose authors are known to the secretariat."""
    return len({each.user_id for each in Authorship.objects.filter(proposal__call=call)})


@transaction.atomic
def open_seal(proposal: "StaffProposal", *, reason: str, by: User) -> list[str]:
    """開封: return the names of the authors; leaves an entry with the reason, and tells them.

    Raises NotAllowed, Refused.
    """
    require_secretariat(by)
    if not reason.strip():
        raise Refused("封を開く理由を書いてください。提案した人に知らせます。")
    record(proposal, "提案者の開封", by=by, reason=reason)
    people = User.objects.filter(pk__in=[each.user_id for each in proposal.authorships.all()])
    for person in people:
        context = {"name": person.name, "title": proposal.title, "reason": reason,
                   "url": absolute("office:my-proposal", proposal.token)}  # fmt: skip
        enqueue("proposal-seal-opened", to=Recipient.of(person), context=context, about="職員提案", by=by)
    return [person.name for person in people]


def names_after_verdict(proposal: "StaffProposal") -> list[str]:
    """Return the names of a proposal made by name, once there is a verdict; nobody sees them before."""
    told = {"declined", "adopted", "done", "measured"}
    if proposal.mode != proposal.Mode.NAMED or proposal.status not in told:
        return []
    return list(User.objects.filter(pk__in=[each.user_id for each in proposal.authorships.all()])
                .values_list("name", flat=True))  # fmt: skip
