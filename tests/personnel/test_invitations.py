"""Staff choose their first password on a mailed page, once."""

import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from tests import cast
from tests.cast.cases import work_off
from tests.cast.personnel import administrator, line, workbook
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.organization.permissions import has_role
from todoke.personnel import staff_imports
from todoke.personnel.invitations import request_invitations
from todoke.personnel.models import Invitation

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"https?://[^/]+(/invitations/\S+/)")
GOOD = "ひみつの合言葉 2026"


def invited(settings: object, by: User) -> User:
    settings.NOTICE_CHANNEL = "smtp"  # type: ignore[attr-defined]
    who = line("5010", "こども課", "課長", "鈴木 明美", "akemi@example.lg.jp")
    made = staff_imports.read_import(workbook([who]), "名簿.xlsx", on=today(), ends_absent=False, by=by)
    staff_imports.write_import(made, digest=staff_imports.check(made).plan.digest, by=by)
    return User.objects.get(email="akemi@example.lg.jp")


def page_in(text: str) -> str:
    return cast.present(ADDRESS.search(text))[1]


def test_a_colleague_chooses_a_password_and_signs_in(settings: object, client: Client) -> None:
    by = administrator()
    person = invited(settings, by)
    assert request_invitations([person], by=by) == 1
    work_off()
    page = page_in(str(mail.outbox[0].body))
    assert "鈴木 明美さん" in client.get(page).content.decode()
    assert (
        "二つのパスワードが違います"
        in client.post(f"{page}acceptance/", {"password": GOOD, "again": "x"}).content.decode()
    )
    assert "短" in client.post(f"{page}acceptance/", {"password": "1234", "again": "1234"}).content.decode()
    client.post(f"{page}acceptance/", {"password": GOOD, "again": GOOD})
    assert client.get(page).status_code == 410
    client.post("/accounts/login/", {"login": person.email, "password": GOOD})
    assert client.get("/office/").status_code == 200


def test_a_second_mail_ends_the_first_link_and_whoever_left_cannot_use_it(settings: object, client: Client) -> None:
    by = administrator()
    person = invited(settings, by)
    for _ in range(2):
        request_invitations([person], by=by)
        work_off()
    first, second = (page_in(str(each.body)) for each in mail.outbox)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    Tenure.objects.filter(user=person).delete()
    assert client.get(second).status_code == 410


def test_whoever_has_a_password_is_told_of_the_post_instead(settings: object) -> None:
    by = administrator()
    cast.resident("鈴木 明美", "akemi@example.lg.jp")
    person = invited(settings, by)
    request_invitations([person], by=by)
    work_off()
    assert "こども課 課長" in mail.outbox[0].body
    assert "/invitations/" not in mail.outbox[0].body
    assert Invitation.objects.get(user=person).accepted_at


FIRST = ["admin@example.lg.jp", "--name", "井上 学", "--department", "DX推進課", "--code", "1002"]


def test_the_operator_invites_the_first_administrator(client: Client) -> None:
    out = StringIO()
    call_command("invite", *FIRST, "--role", "administrator", stdout=out)
    page = page_in(out.getvalue())
    client.post(f"{page}acceptance/", {"password": GOOD, "again": GOOD})
    person = User.objects.get()
    assert has_role(person, Post.Role.ADMINISTRATOR)
    client.post("/accounts/login/", {"login": person.email, "password": GOOD})
    assert client.get("/office/staff/").status_code == 200
    with pytest.raises(CommandError, match="もうパスワードを決めています"):
        call_command("invite", *FIRST, "--role", "administrator", stdout=StringIO())


def test_a_post_keeps_its_role_when_the_operator_invites() -> None:
    call_command("invite", *FIRST, "--role", "administrator", stdout=StringIO())
    with pytest.raises(CommandError, match="別の職名"):
        call_command("invite", "b@example.lg.jp", *FIRST[1:], "--role", "clerk", stdout=StringIO())
    assert User.objects.count() == 1
