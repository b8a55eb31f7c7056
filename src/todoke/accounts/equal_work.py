"""Equal work 同じ手間: a wrong password costs the same queries and one hash whether the address belongs to anybody."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress

from todoke.accounts.models import User


class EqualWorkBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Sign-in by mail address and password that looks in both tables and computes one hash in every case."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Return the person of a verified address, else of the account's own; None for a wrong password."""
        address = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
        account = User.objects.filter(email=email.lower()).first()
        user: User | None = self._check_password(address.user if address else account, password)
        return user
