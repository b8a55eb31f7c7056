"""Password links 新しいパスワードのリンク: allauth's token to a new password is the secret of a mailed link."""

from datetime import timedelta

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.notices.mailed_links import PASSWORD
from todoke.notices.models import MailedLink

PASSWORD_SPAN = timedelta(hours=24)


class PasswordLinks:
    """Token generator of allauth: the token is the secret of a mailed link."""

    def make_token(self, user: User) -> str:
        until = timezone.now() + PASSWORD_SPAN
        return MailedLink.issue(PASSWORD, user, contact=user.email, until=until, by=System())

    def check_token(self, user: User, token: str) -> bool:
        """Tell whether a link is this person's. Raises LinkEnded when it is over or unknown."""
        link = MailedLink.find(PASSWORD, token)
        return link.target_pk == user.pk and link.is_for(user.email)
