"""The cast of mailed links: one live link of each purpose, and what its reader may do with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.application_steps import filled, seen
from tests.cast.cases import counter, decided, work_off
from tests.cast.voices import hall
from todoke.accounts.actors import Guest, System
from todoke.cases import reconfirmations
from todoke.cases.mail.mailed_links import DRAFT, RECONFIRMATION
from todoke.cases.models import Reconfirmation
from todoke.japanese.calendar import today
from todoke.notices import file_links
from todoke.notices.link_purpose import LinkPurpose
from todoke.notices.mailed_links import ADDRESS, FILE, PASSWORD
from todoke.notices.models import FileLink, Message
from todoke.notices.outbox import Recipient
from todoke.personnel.invitations import request_invitations, send_invitation
from todoke.personnel.mailed_links import INVITATION
from todoke.personnel.models import Invitation
from todoke.voices.mailed_links import FOLLOW
from todoke.voices.models import ConsultationFollower

RESET, SIGN_UP, NEW = "/accounts/password/reset/", "/accounts/signup/", "another long word"


@dataclass
class Mailed:
    """A live link: its page, the act behind it, who it was mailed to, and how it is asked again and fulfilled."""

    purpose: LinkPurpose
    page: str
    act: str
    contact: str
    fulfil: Callable[[], object]
    again: Callable[[], str] | None = None
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def secret(self) -> str:
        last = self.page.rstrip("/").rpartition("/")[2]
        return last.partition("-")[2] if self.purpose is PASSWORD else last


def mailed_path(code: str) -> str:
    """Return the path of the link in the newest notice of a template."""
    body = Message.objects.filter(code=code).latest("pk").body
    return urlsplit(cast.present(re.search(r"https?://\S+", body))[0]).path


def mailed_code() -> str:
    """Return the code for a receipt number in the newest mail; the text that is kept has lost it."""
    return _newest(r"確認番号は (\d{6})")


def sent_path() -> str:
    """Return the path of the link in the newest mail of the sign-in library."""
    return urlsplit(_newest(r"(https?://\S+/(?:key|addresses)/\S+)")).path


def _newest(pattern: str) -> str:
    """Return what a pattern finds in the newest mail that has it; jobs send by priority, not in order."""
    found = (re.search(pattern, str(letter.body)) for letter in reversed(mail.outbox))
    return str(next(match[1] for match in found if match))


def draft_link() -> Mailed:
    """Hanako fills in a form and mails herself the link to go on."""
    home = Client()
    draft = filled(home, counter())

    def ask() -> str:
        home.post(f"{draft}link/", {"email": "hanako@example.jp"})
        return mailed_path("draft-link")

    def send() -> None:
        home.post(f"{draft}submission/", {"seen": seen(home, draft)})

    page = ask()
    return Mailed(DRAFT, page, f"{page}continuation/", "hanako@example.jp", send, ask)


def reconfirmation_link() -> Mailed:
    """A guest who was granted something last year is asked whether it still holds."""
    at = counter()
    decided(at)
    offer = at.release.offer
    begun = reconfirmations.start_round(offer, offer, year=2026, due_on=today() + timedelta(days=30), by=at.clerk)

    def ask() -> str:
        reconfirmations.remind(begun, by=at.clerk)
        return mailed_path("reconfirmation")

    def answer() -> None:
        reconfirmations.confirm_unchanged(Reconfirmation.objects.get(), by=Guest())

    page = mailed_path("reconfirmation")
    contact = begun.asked.get().case.applicant_email
    return Mailed(RECONFIRMATION, page, f"{page}unchanged/", contact, answer, ask)


def file_link() -> Mailed:
    """A clerk hands a plan of the park to the neighbouring city."""
    section = cast.department()
    clerk = cast.clerk(section)
    file = SimpleUploadedFile("公園の図面.pdf", b"plan of the park")
    to = Recipient("park@city.example", None, "隣の市 公園課")
    link = file_links.share_file(file, to=to, note="", days=7, department=section, by=clerk)
    page = mailed_path("file-link")
    return Mailed(FILE, page, f"{page}content/", to.email, lambda: file_links.revoke(_again(link), by=clerk))


def _again(link: FileLink) -> FileLink:
    return FileLink.objects.get(pk=link.pk)


def password_link() -> Mailed:
    """A resident has forgotten her password."""
    hanako = cast.resident()
    EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True, primary=True)

    def ask() -> str:
        Client().post(RESET, {"email": hanako.email})
        work_off()
        return sent_path()

    page = ask()

    def choose() -> None:
        client = Client()
        form = client.get(page)
        client.post(form.headers["Location"], {"password1": NEW, "password2": NEW})

    return Mailed(PASSWORD, page, page, hanako.email, choose, ask)


def address_link() -> Mailed:
    """Somebody registers and is asked to confirm the address."""
    client, typed = Client(), {"email": "new@example.jp", "password1": NEW, "password2": NEW}
    client.post(SIGN_UP, typed)
    work_off()
    page = sent_path()

    def ask() -> str:
        Client().post("/accounts/login/", {"login": "new@example.jp", "password": NEW})
        work_off()
        return sent_path()

    return Mailed(
        ADDRESS, page, f"{page}confirmation/", "new@example.jp", lambda: Client().post(f"{page}confirmation/"), ask
    )


def invitation_link() -> Mailed:
    """A new colleague is invited to choose a first password."""
    person = cast.staff("鈴木 明美", "akemi@example.lg.jp")
    person.set_unusable_password()
    person.save(update_fields=["password"])

    def ask() -> str:
        request_invitations([person], by=System())
        return urlsplit(cast.present(send_invitation(Invitation.objects.get(user=person)))).path

    page, typed = ask(), {"password": NEW, "again": NEW}
    act = f"{page}acceptance/"
    return Mailed(INVITATION, page, act, person.email, lambda: Client().post(act, typed), ask, typed)


def follower_link() -> Mailed:
    """A resident asks to hear of a call by mail."""
    of = hall().announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")

    def ask() -> str:
        Client().post(f"/consultations/{of.number}/news/", {"email": "hanako@example.jp"})
        return mailed_path("consultation-follow")

    def stop() -> None:
        for each in ConsultationFollower.objects.all():
            each.stop(by=Guest())

    page = ask()
    return Mailed(FOLLOW, page, f"{page}confirmation/", "hanako@example.jp", stop, ask)


EVERY = {
    DRAFT.code: draft_link,
    RECONFIRMATION.code: reconfirmation_link,
    FILE.code: file_link,
    PASSWORD.code: password_link,
    ADDRESS.code: address_link,
    INVITATION.code: invitation_link,
    FOLLOW.code: follower_link,
}
