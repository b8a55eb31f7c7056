"""Operator's invitation 運用担当による招待: registers and invites one person where no page can be opened yet."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.personnel.invitations import send_invitation
from todoke.personnel.models import Invitation
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.runtime.refusals import Refused

OPERATOR = System("運用担当")


@transaction.atomic
def invite_person(*, email: str, name: str, role: str, department: str, code: str, title: str) -> str:
    """Register a person in a post, mail the invitation anew, and return the address of its page.

    Raises ValidationError for an address, Refused where the post has another role or the person signed in before.
    """
    if not is_mail_address(email):
        raise ValidationError("メールアドレスの形が違います。")
    section, is_new = Department.objects.get_or_create(code=code, defaults={"name": department})
    if is_new:
        record(section, "部署の登録", by=OPERATOR, after={"コード": code, "名称": department})
    post, is_new = Post.objects.get_or_create(department=section, title=title, defaults={"role": role})
    if post.role != role:
        raise Refused(
            f"{section}の「{title}」は「{post.get_role_display()}」の職位です。--title で別の職名を書いてください。"
        )
    if is_new:
        record(post, "職位の登録", by=OPERATOR, after={"職名": title, "役割": role})
    user = User.objects.filter(email__iexact=mail_address(email)).first()
    if user is None:
        user = User.objects.create_user(mail_address(email), None, name=name)
        record(user, "職員の登録", by=OPERATOR)
    if not Tenure.objects.of(user).not_ended(today()).filter(post=post).exists():
        record(
            Tenure.objects.create(post=post, user=user, starts_on=today()),
            "着任",
            by=OPERATOR,
            after={"職位": str(post)},
        )
    asked = {"requested_at": timezone.now(), "requested_by": OPERATOR.label}
    invitation, _ = Invitation.objects.update_or_create(user=user, defaults={**asked, "sent_at": None})
    url = send_invitation(invitation)
    if url is None:
        raise Refused("この職員は、もうパスワードを決めています。忘れたときは、ログインのページから決め直せます。")
    return url
