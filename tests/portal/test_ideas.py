"""A resident answers a question in two minutes, sees it shown and answered, and reads what became of voices."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.page_languages import JapaneseTexts
from tests.cast.voices import small_png
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.voices.models import Challenge, Idea, Respondent

pytestmark = pytest.mark.django_db
DECLARED = [
    settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)", "駅前で困っていることは", "駅前を直します。",
    "ベンチと案内板", "共創課", "ベンチを置いてください", "三つ置きます", "宣伝のため", "宣伝", "駅前",
]  # fmt: skip
"""The municipality, the languages and the program by name, and what the office and people wrote in Japanese."""


@pytest.fixture
def moderator() -> User:
    return cast.staff("佐藤 共創", "co1@example.lg.jp", Post.Role.CLERK, cast.department("共創課", "1300"))


@pytest.fixture
def challenge(moderator: User) -> Challenge:
    return Challenge.begin(
        question="駅前で困っていることは", background="駅前を直します。", can_decide="ベンチと案内板",
        department=cast.department("共創課", "1300"), opens_on=today(), closes_on=today() + timedelta(days=9),
        answer_by=today() + timedelta(days=30), by=moderator,
    )  # fmt: skip


def test_an_idea_is_sent_read_shown_and_answered(client: Client, challenge: Challenge, moderator: User) -> None:
    typed = {"text": "ベンチを置いてください", "age": "70代", "token": "a" * 32}
    page = client.post(f"/ideas/{challenge.pk}/entry/", typed)
    again = client.post(f"/ideas/{challenge.pk}/entry/", typed)
    assert page.headers["Location"] == again.headers["Location"]
    assert "読んで確かめてから、公開します" in client.get(page.headers["Location"]).content.decode()
    assert "ベンチを置いて" not in client.get(f"/ideas/{challenge.pk}/").content.decode()
    idea = Idea.objects.get()
    idea.show(by=moderator)
    idea.give_feedback("answered", text="三つ置きます", by=moderator)
    shown = client.get(f"/ideas/{challenge.pk}/").content.decode()
    assert "ベンチを置いてください" in shown
    assert "三つ置きます" in shown
    assert Respondent.objects.get().age == "70代"


def test_one_browser_supports_once(client: Client, challenge: Challenge, moderator: User) -> None:
    idea = Idea.post(challenge, text="案内板", secret="x")
    idea.show(by=moderator)
    for _ in range(2):
        client.post(f"/ideas/{challenge.pk}/{idea.pk}/support/")
    assert idea.reactions.count() == 1


def test_why_an_idea_is_not_shown_is_told_to_its_sender_and_counted_for_all(
    client: Client, challenge: Challenge, moderator: User
) -> None:
    idea = Idea.post(challenge, text="隣の佐藤さんが迷惑です", secret="x")
    idea.hide(rule=1, reason="人の名前がある", by=moderator)
    mine = client.get(f"/ideas/mine/{idea.token}/").content.decode()
    assert "人の名前がある" in mine
    assert "これまで 1件" in client.get("/ideas/policy/").content.decode()
    assert "佐藤さん" not in client.get(f"/ideas/{challenge.pk}/").content.decode()


def test_the_order_is_never_that_of_support(client: Client, challenge: Challenge, moderator: User) -> None:
    ideas = [Idea.post(challenge, text=f"考え{n}", secret=f"s{n}") for n in range(12)]
    for idea in ideas:
        idea.show(by=moderator)
    before = [each.pk for each in client.get(f"/ideas/{challenge.pk}/").context["ideas"]]
    for n in range(9):
        ideas[-1].support(f"fan{n}")
    assert [each.pk for each in client.get(f"/ideas/{challenge.pk}/").context["ideas"]] == before
    newest = client.get(f"/ideas/{challenge.pk}/?sort=new").context["ideas"]
    assert [each.pk for each in newest] == sorted(before, reverse=True)


def test_a_photo_loses_its_place_and_is_seen_once_somebody_has_looked_at_it(
    client: Client, challenge: Challenge, moderator: User
) -> None:
    photo = small_png((b"tEXt", b"Location\0 35.6092N"))
    typed = {"text": "ここにベンチを", "token": "b" * 32, "photo": SimpleUploadedFile("PXL_1.png", photo)}
    refused = client.post(f"/ideas/{challenge.pk}/entry/", typed)
    assert "写真に何が写っているかを書いてください。" in refused.content.decode()
    typed |= {"photo": SimpleUploadedFile("PXL_1.png", photo), "photo_words": "駅前の広場"}
    client.post(f"/ideas/{challenge.pk}/entry/", typed)
    idea = Idea.objects.get()
    address = f"/ideas/{challenge.pk}/{idea.pk}/photo/"
    assert client.get(address).status_code == 404
    office = Client()
    office.force_login(moderator)
    assert 'alt="駅前の広場"' in office.get(f"/office/challenges/{challenge.pk}/ideas/{idea.pk}/").content.decode()
    assert office.get(f"/office/challenges/{challenge.pk}/ideas/{idea.pk}/photo/").status_code == 200
    idea.show(by=moderator)
    shown = client.get(address)
    assert (shown.headers["Content-Type"], shown.getvalue()) == ("image/png", small_png())
    assert "PXL" not in str(idea.photo)
    assert 'alt="駅前の広場"' in client.get(f"/ideas/{challenge.pk}/").content.decode()


def test_a_file_that_is_no_photo_is_refused(client: Client, challenge: Challenge) -> None:
    typed = {
        "text": "ここに",
        "token": "c" * 32,
        "photo_words": "駅前",
        "photo": SimpleUploadedFile("a.png", b"GIF89a"),
    }
    page = client.post(f"/ideas/{challenge.pk}/entry/", typed)
    assert page.status_code == 422
    assert "写真" in page.content.decode()
    assert not Idea.objects.exists()


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_every_page_speaks_the_language_of_its_reader(
    client: Client, challenge: Challenge, moderator: User, language: str
) -> None:
    idea = Idea.post(challenge, text="ベンチを置いてください", secret="x", place="駅前")
    idea.show(by=moderator)
    idea.give_feedback("answered", text="三つ置きます", by=moderator)
    hidden = Idea.post(challenge, text="宣伝", secret="y")
    hidden.hide(rule=4, reason="宣伝のため", by=moderator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pages = ["/ideas/", "/ideas/policy/", f"/ideas/{challenge.pk}/", f"/ideas/{challenge.pk}/entry/",
             f"/ideas/mine/{idea.token}/", f"/ideas/mine/{hidden.token}/", "/voices/",
             f"/voices/idea/{idea.pk}/"]  # fmt: skip
    left = {}
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found = JapaneseTexts(answer.content.decode(), sorted(DECLARED, key=len, reverse=True)).texts
        if language == "en" and found:
            left[path] = found
    assert left == {}
