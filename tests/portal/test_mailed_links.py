"""A mailed link does one thing for one reader, only when somebody presses, and only while there is a use for it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast.application_steps import begun, filled, seen
from tests.cast.cases import counter, work_off
from tests.cast.mailed_links import EVERY, Mailed, draft_link, password_link, reconfirmation_link, sent_path
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.accounts.models import RateLimitCounter, User
from todoke.accounts.rate_limits import TooOften
from todoke.audit.models import Entry
from todoke.cases.mail.draft_link import mail_draft_link
from todoke.cases.models import Case, Draft
from todoke.notices.link_purpose import declared_purposes
from todoke.notices.models import FileLink, MailedLink, Message

pytestmark = pytest.mark.django_db
COUNTED = ("django_session", "accounts_ratelimitcounter")
"""The page of a new password begins a session for its asker and counts how often that one asks."""
NEXT_STEP = {
    "draft": "/status/", "reconfirmation": "/status/", "file": "/", "password": "/accounts/password/reset/",
    "address": "/accounts/login/", "invitation": "/accounts/login/",
    "follow": "/consultations/",
}  # fmt: skip


@pytest.fixture(params=sorted(EVERY))
def mailed(request: pytest.FixtureRequest) -> Mailed:
    """Return a live link of each purpose in turn."""
    return EVERY[request.param]()


def stored(*, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in but:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(repr(row) for row in cursor.fetchall())
    return found


def statuses(mailed: Mailed, client: Client | None = None) -> set[int]:
    """Open the page and press in another browser; return what was answered."""
    client = client or Client()
    return {client.get(mailed.page).status_code, client.post(mailed.act, mailed.typed).status_code}


def test_every_purpose_is_tried_here() -> None:
    assert set(EVERY) == set(declared_purposes())


def test_a_mail_scanner_that_follows_the_link_changes_nothing(mailed: Mailed) -> None:
    before = stored(but=COUNTED)
    for method in ("GET", "HEAD", "GET"):
        assert Client().generic(method, mailed.page).status_code in {200, 302}
    for method in ("GET", "HEAD"):
        if mailed.act != mailed.page:
            assert Client().generic(method, mailed.act).status_code == 405
    assert stored(but=COUNTED) == before


def test_the_reader_does_it_by_a_press_on_any_device(mailed: Mailed) -> None:
    assert statuses(mailed) <= {200, 302}


def test_once_its_purpose_is_fulfilled_it_opens_nothing_and_says_what_to_do_next(mailed: Mailed) -> None:
    opened = Client()
    opened.get(mailed.page)
    mailed.fulfil()
    cache.clear()
    assert statuses(mailed) == {410}
    for language, words in (("ja", "このリンクは使えません"), ("ja-easy", "リンク"), ("en", "link")):
        client = Client(headers={"Accept-Language": language})
        client.post("/language/setlang/", {"language": language, "next": "/"})
        page = client.get(mailed.page).content.decode()
        assert words in page
        assert f'href="{NEXT_STEP[mailed.purpose.code]}"' in page


def test_a_new_link_to_the_same_reader_ends_the_older_one(mailed: Mailed) -> None:
    if mailed.again is None:
        pytest.skip("each file has a link of its own")
    RateLimitCounter.objects.all().delete()
    newer = mailed.again()
    assert newer != mailed.page
    assert Client().get(mailed.page).status_code == Client().post(mailed.act).status_code == 410
    assert Client().get(newer).status_code in {200, 302}
    assert MailedLink.objects.unended().count() == 1


def test_after_its_time_it_opens_nothing(mailed: Mailed) -> None:
    past = timezone.now() - timedelta(seconds=1)
    MailedLink.objects.update(expires_at=past)
    FileLink.objects.update(expires_at=past)
    assert statuses(mailed) == {410}


def test_a_letter_more_or_less_opens_nothing(mailed: Mailed) -> None:
    last = "A" if mailed.secret[-1] != "A" else "B"
    for wrong in (mailed.secret[:-1], f"{mailed.secret}A", f"{mailed.secret[:-1]}{last}"):
        page, act = (address.replace(mailed.secret, wrong) for address in (mailed.page, mailed.act))
        assert Client().get(page).status_code == Client().post(act).status_code == 410


def test_the_secret_of_one_purpose_opens_no_other(mailed: Mailed) -> None:
    own = mailed.page.replace(mailed.secret, "").split("/")[1]
    for path in (
        "resume/{}",
        "reconfirmations/{}",
        "files/{}",
        "addresses/{}",
        "following/{}",
        "accounts/password/reset/key/1-{}",
    ):
        if not path.startswith(own):
            assert Client().get(f"/{path.format(mailed.secret)}/").status_code == 410
    assert Client().get(mailed.page).status_code in {200, 302}


def test_no_secret_and_no_address_is_stored_once_the_mail_is_gone(mailed: Mailed) -> None:
    Message.objects.erase_secrets()
    tables = stored()
    assert not [table for table, rows in tables.items() if mailed.secret in "".join(rows)]
    assert mailed.contact not in "".join([*tables["notices_mailedlink"], *tables["audit_entry"]])


def test_asking_using_and_refusing_are_in_the_trail_of_what_it_is_about(mailed: Mailed) -> None:
    about = MailedLink.objects.get().about
    Client().post(mailed.act, mailed.typed)
    mailed.fulfil()
    Client().get(mailed.page)
    acts = list(Entry.objects.filter(subject=about).values_list("act", flat=True))
    assert {"リンクの送付", "リンクの使用", "リンクの拒否"} <= set(acts)
    assert mailed.secret not in "".join(f"{entry.reason}{entry.changed}" for entry in Entry.objects.all())


def test_a_scanner_that_opens_an_ended_link_for_ever_does_not_fill_the_trail() -> None:
    mailed = draft_link()
    mailed.fulfil()
    for _ in range(25):
        Client().get(mailed.page)
    assert Entry.objects.filter(act="リンクの拒否").count() == 20


def test_whoever_tries_links_that_nobody_sent_is_stopped() -> None:
    answers = [Client().get(f"/resume/guess-{number}/").status_code for number in range(32)]
    assert answers == [410] * 30 + [429] * 2
    assert Client(REMOTE_ADDR="198.51.100.7").get("/resume/guess/").status_code == 410


def test_a_signed_link_of_before_is_refused_with_the_way_to_a_new_one() -> None:
    page = Client().get("/resume/ImFiY2RlZiI:1uJcKx:5lW0hXW7g2O9t1mJm5d6Qm3y0/")
    assert page.status_code == 410
    assert 'href="/procedures/"' in page.content.decode()


def test_after_sending_a_browser_that_went_on_by_the_link_neither_sees_nor_withdraws() -> None:
    mailed, elsewhere = draft_link(), Client()
    elsewhere.post(mailed.act)
    mailed.fulfil()
    case = Case.objects.get()
    assert statuses(mailed, elsewhere) == {410}
    assert elsewhere.get(f"/cases/{case.number}/").status_code == 302
    elsewhere.post(f"/cases/{case.number}/withdrawal/")
    case.refresh_from_db()
    assert case.status == "received"


def test_the_browser_that_sends_sees_the_case_also_after_a_double_click() -> None:
    mailed, phone = draft_link(), Client()
    draft = phone.post(mailed.act).headers["Location"]
    checked = seen(phone, draft)
    for _ in range(2):
        phone.post(f"{draft}submission/", {"seen": checked})
    case = Case.objects.get()
    assert phone.get(f"/cases/{case.number}/").status_code == 200
    assert phone.post(f"/cases/{case.number}/withdrawal/").status_code == 302
    case.refresh_from_db()
    assert case.status == "withdrawn"
    assert statuses(mailed) == {410}


def test_a_reconfirmation_goes_to_the_address_of_today_only() -> None:
    mailed = reconfirmation_link()
    Case.objects.update(applicant_email="moved@example.jp")
    assert statuses(mailed) == {410}


def test_a_sign_in_or_a_new_address_ends_the_link_to_a_new_password() -> None:
    mailed = password_link()
    assert MailedLink.objects.get().is_for("HANAKO@example.jp")
    person = User.objects.get()
    User.objects.update(email="moved@example.jp")
    assert Client().get(mailed.page).status_code == 410
    User.objects.update(email=person.email)
    assert Client().get(mailed.page).status_code == 302
    Client().force_login(person)
    assert Client().get(mailed.page).status_code == 410


def test_a_link_to_a_new_password_is_mailed_ten_times_an_hour_and_the_last_stays() -> None:
    mailed = password_link()
    for number in range(12):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/accounts/password/reset/", {"email": mailed.contact})
    work_off()
    assert MailedLink.objects.count() == 10
    assert Client().get(sent_path()).status_code == 302


def test_one_asker_one_address_and_one_application_have_limits_of_their_own() -> None:
    at = counter()
    filled(Client(), at)
    drafts = [Draft.objects.get(submission__token=begun(Client(), at).split("/")[2]) for _ in range(5)]

    def allowed(draft: Draft, contact: str, asker: str) -> bool:
        try:
            mail_draft_link(draft, contact, asker=asker, by=Guest())
        except TooOften:
            return False
        return True

    of_one = [allowed(drafts[0], f"r{number}@example.jp", f"asker {number}") for number in range(6)]
    assert of_one == [True] * 5 + [False]
    to_one = [allowed(drafts[1 + number // 4], "one@example.jp", f"a{number}") for number in range(12)]
    assert to_one == [True] * 10 + [False] * 2
    assert not all(allowed(drafts[4], f"x{number}@example.jp", "asker 0") for number in range(25))


def test_who_asked_too_often_is_told_beside_what_was_typed(client: Client) -> None:
    draft = filled(client, counter())
    for _ in range(6):
        page = client.post(f"{draft}link/", {"email": "hanako@example.jp"}).content.decode()
    assert "短い時間に何度も試された" in page
    assert 'value="hanako@example.jp"' in page


@pytest.mark.django_db(transaction=True)
def test_links_asked_at_one_moment_leave_one_alive() -> None:
    client = Client()
    filled(client, counter())
    draft = Draft.objects.select_related("release__offer__procedure").get()

    def ask() -> None:
        mail_draft_link(draft, "hanako@example.jp", asker="here", by=Guest())

    together(*[ask] * 4)
    assert MailedLink.objects.unended().count() == 1
    assert Message.objects.filter(code="draft-link").count() == MailedLink.objects.count()


def test_the_mail_with_the_link_loses_its_text_when_it_is_sent(settings: Settings) -> None:
    settings.NOTICE_CHANNEL = "smtp"
    assert draft_link().secret in Message.objects.get(code="draft-link").body
    work_off()
    message = Message.objects.get(code="draft-link")
    assert (message.body, message.email) == ("", "hanako@example.jp")
