"""The first administrator 最初のシステム管理担当: registered where nobody is one yet."""

from allauth.account.models import EmailAddress
from django.db import transaction

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.runtime.refusals import Refused


@transaction.atomic
def register_first_administrator(
    *, email: str, name: str, password: str, department: str, code: str, title: str
) -> Tenure:
    """Create account, department, post and tenure of the first administrator. Raises Refused where there is one."""
    if Tenure.objects.current().administrators().exists():
        raise Refused("システム管理担当は、もう登録されています。ほかの職員は、画面で登録してください。")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("このメールアドレスの利用者が、もうあります。")
    section, _ = Department.objects.get_or_create(code=code, defaults={"name": department})
    post, _ = Post.objects.get_or_create(
        department=section, title=title, defaults={"role": Post.Role.ADMINISTRATOR}
    )  # fmt: skip
    if post.role != Post.Role.ADMINISTRATOR:
        raise Refused(f"{section}の「{title}」は、ほかの役割の職位です。--title で別の職名を書いてください。")
    user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)
    tenure = Tenure.objects.create(post=post, user=user, starts_on=today())
    record(tenure, "最初のシステム管理担当の登録", by=System("運用担当"), after={"職位": str(post)})
    return tenure
