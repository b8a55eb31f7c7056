"""A resident keeps what she sent: answers, a copy, her own channel, the receipt; a draft can be deleted."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import cast
from tests.cast.application_steps import begun, filled, sent
from tests.cast.cases import case, counter
from tests.cast.formbuilder import photo
from todoke.accounts.actors import Guest
from todoke.cases.answers import delivery_of
from todoke.cases.models import Case, Draft, StopFlag
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Answer, Submission, Upload
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db


def test_a_guest_reads_what_she_sent_and_saves_a_copy(client: Client) -> None:
    found = sent(client, counter())
    page = client.get(f"/cases/{found.number}/").content.decode()
    assert f"/cases/{found.number}/answers/" in page
    answers = client.get(f"/cases/{found.number}/answers/")
    assert "山田 花子(ヤマダ ハナコ)" in answers.content.decode()
    assert "no-store" in answers["Cache-Control"]
    copy = client.get(f"/cases/{found.number}/copy/")
    assert copy["Content-Type"] == "application/pdf"
    assert copy.content.startswith(b"%PDF")


def test_a_stranger_reads_nothing(client: Client) -> None:
    found = sent(client, counter())
    other = Client()
    other.force_login(cast.resident(email="other@example.jp"))
    for act in ("answers", "copy"):
        assert Client().get(f"/cases/{found.number}/{act}/").status_code == 302
        assert other.get(f"/cases/{found.number}/{act}/").status_code == 302


def test_an_address_under_a_stop_flag_is_not_shown_on_a_page(client: Client) -> None:
    at = counter()
    found = sent(client, at)
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    for act in ("answers", "copy"):
        answer = client.get(f"/cases/{found.number}/{act}/")
        assert answer.status_code == 409
        assert "支援措置" not in answer.content.decode()


def test_who_has_no_mail_is_told_the_truth_on_the_receipt(client: Client) -> None:
    at = counter()
    draft = filled(client, at, email="")
    client.post(f"{draft}submission/", {"seen": client.get(f"{draft}check/").context["seen"]})
    page = client.get(f"{draft}receipt/").content.decode()
    assert "メールアドレスがないため" in page
    assert f"/cases/{Case.objects.get().number}/copy/" in page
    assert "いつでも申請の状況を見られます" not in page


def test_the_chosen_way_is_the_way_that_is_shown() -> None:
    found = case(counter())
    assert found.delivery_wish == ""
    assert delivery_of([]) == ""


def test_a_draft_is_deleted_with_its_answers_and_files(client: Client) -> None:
    at = counter()
    draft = begun(client, at)
    submission = Submission.objects.get()
    client.post(f"{draft}pages/person/answers/", {"name__family": "山田", "later": "1"})
    stored = Upload.create_from(submission, AnswerKey("paper"), photo(), by=Guest())
    assert "下書きを消す" in client.get(f"{draft}later/").content.decode()
    assert client.post(f"{draft}deletion/").headers["Location"] == "/"
    for model in (Draft, Submission, Answer):
        assert not model.objects.exists()
    assert stored.path


def test_the_file_of_a_deleted_draft_is_gone(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    draft = begun(client, counter())
    stored = Upload.create_from(Submission.objects.get(), AnswerKey("paper"), photo(), by=Guest())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{draft}deletion/")
    assert not default_storage.exists(stored.path)


def test_what_was_sent_cannot_be_deleted_and_no_stranger_deletes(client: Client) -> None:
    at = counter()
    draft = begun(client, at)
    assert Client().post(f"{draft}deletion/").status_code == 404
    assert Draft.objects.exists()
    found = sent(client, at)
    token = found.submission.token
    assert client.post(f"/applications/{token}/deletion/").status_code == 409
    assert Case.objects.filter(pk=found.pk).exists()


def test_who_has_no_mail_is_not_promised_any(client: Client) -> None:
    at = counter()
    draft = filled(client, at, email="")
    client.post(f"{draft}submission/", {"seen": client.get(f"{draft}check/").context["seen"]})
    assert "電話か郵便でお知らせします" in client.get(f"{draft}receipt/").content.decode()
    shown = client.get(f"/cases/{Case.objects.get().number}/").content.decode()
    assert "返事は、電話でお伝えします" in shown
    assert "メールで届いたことをお知らせします" not in shown
