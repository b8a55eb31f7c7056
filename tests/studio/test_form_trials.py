import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import staff
from tests.cast.formbuilder import DOG_PAGES, photo
from todoke.accounts.actors import System
from todoke.formbuilder.document.form_templates import create_draft
from todoke.formbuilder.models import Submission
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    create_draft("dog-registration", by=System())
    return client


def test_a_designer_walks_through_a_draft_and_nothing_is_sent(designer: Client) -> None:
    assert designer.post(reverse("studio:trial-answers", args=["dog-registration", "owner"]), {})["Location"].endswith(
        "?check=1"
    )
    for page, data in DOG_PAGES.items():
        answer = designer.post(reverse("studio:trial-answers", args=["dog-registration", page]), data)
    assert answer["Location"] == reverse("studio:trial", args=["dog-registration"])
    shown = designer.get(answer["Location"]).content.decode()
    assert "このまま送れる状態です" in shown
    assert "𠮷男" in shown
    assert not Submission.objects.exists()


def test_samples_fill_the_whole_form(designer: Client) -> None:
    create_draft("child-allowance", by=System())
    designer.post(reverse("studio:trial-samples", args=["child-allowance"]))
    assert "このまま送れる状態です" in designer.get(reverse("studio:trial", args=["child-allowance"])).content.decode()


def test_a_chosen_file_counts_by_its_name(designer: Client) -> None:
    data = {**DOG_PAGES["health"], "vaccinated": "yes", "vaccination_file": photo("済証.png")}
    designer.post(reverse("studio:trial-answers", args=["dog-registration", "health"]), data)
    assert "済証.png" in designer.get(reverse("studio:trial", args=["dog-registration"])).content.decode()
