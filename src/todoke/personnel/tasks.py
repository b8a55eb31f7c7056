"""Background tasks of the register of staff; each is safe to run twice."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.personnel.invitations import send_invitation
from todoke.personnel.models import Invitation


@task(priority=Priority.NORMAL)
def send_invitations(numbers: list[int]) -> None:
    """招待の送付: mail the invitations that were not mailed yet."""
    for invitation in Invitation.objects.unsent().filter(pk__in=numbers).select_related("user"):
        send_invitation(invitation)
