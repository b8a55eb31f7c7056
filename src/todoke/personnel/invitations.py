"""Invitations 招待: staff are asked by mail to choose a first password, and choose it."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, label_of
from todoke.accounts.models import User
from todoke.audit.log import batched, record, subject_of
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import business_date, format_date, today
from todoke.jobs.backend import task_named
from todoke.notices.models import MailedLink
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Tenure
from todoke.personnel.mailed_links import INVITATION
from todoke.personnel.models import Invitation
from todoke.runtime.links import absolute, path_to
from todoke.runtime.refusals import Refused

SPAN = timedelta(days=14)
AT_ONCE = 50
SEND = "todoke.personnel.tasks.send_invitations"


@transaction.atomic
def request_invitations(people: Iterable[User], *, by: Actor) -> int:
    """Ask for an invitation of each who never chose a password, mailed by jobs; return how many."""
    now, who, wanted = timezone.now(), label_of(by), {user.pk: user for user in people}
    known = {each.user_id: each for each in Invitation.objects.filter(user__in=list(wanted))}
    anew = {"requested_at": now, "requested_by": who, "sent_at": None}
    again = [each for each in known.values() if compare_and_set(each, {"accepted_at__isnull": True}, **anew)]
    made = Invitation.objects.bulk_create(
        Invitation(user=user, requested_at=now, requested_by=who) for pk, user in wanted.items() if pk not in known
    )
    with batched():
        for each in (*again, *made):
            record(each, "職員の招待", by=by, first=each.user_id not in known)
    asked = [each.pk for each in (*again, *made)]
    for start in range(0, len(asked), AT_ONCE):
        task_named(SEND).enqueue(asked[start : start + AT_ONCE])
    return len(asked)


def send_invitation(invitation: Invitation) -> str | None:
    """Mail one invitation once; return the address of its page, None where it was sent or accepted before.

    Whoever has a password already is told of the post instead, and the invitation is over.
    """
    with transaction.atomic():
        if not stamp_once(invitation, "sent_at", read={"accepted_at__isnull": True}):
            return None
        user, until = invitation.user, timezone.now() + SPAN
        held = Tenure.objects.of(user).not_ended(today()).select_related("post__department")
        facts = {"name": user.name, "posts": "、".join(str(each.post) for each in held)}
        if user.has_usable_password():
            stamp_once(invitation, "accepted_at")
            code, url, more = "staff-appointment", absolute("account_login"), dict[str, str]()
        else:
            secret = MailedLink.issue(INVITATION, invitation, contact=user.email, until=until, by=System())
            code, url, more = (
                "staff-invitation",
                secret.at(INVITATION.page),
                {"until": format_date(business_date(until))},
            )
        enqueue(
            code, to=Recipient.of(user), context=facts | more | {"url": url}, about=subject_of(invitation), by=System()
        )  # fmt: skip
        return url


@transaction.atomic
def accept_invitation(link: MailedLink, password: str, *, by: Actor) -> User:
    """Set the first password of the person of a live invitation.

    Raises ValidationError for a weak one, LinkEnded, and Refused for an invitation that was accepted already.
    """
    invitation = Invitation.objects.select_related("user").get(pk=link.target_pk)
    user = invitation.user
    validate_password(password, user)
    link.use(by=by)
    if not stamp_once(invitation, "accepted_at"):
        said = "この招待は、もう使われています。ログインのページからお入りください。"
        raise Refused(said, link=path_to("account_login"))
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
    record(invitation, "招待の承諾", by=user)
    return user
