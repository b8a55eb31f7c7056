"""Designers and the DX office keep the words by which residents find a procedure."""

import pytest
from django.test import Client

from tests import cast
from tests.cast.procedures import procedure
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.guidance.models import Referral, Synonym
from todoke.organization.models import Post
from todoke.runtime.refusals import NotAllowed

pytestmark = pytest.mark.django_db
PLACE = {
    "title": "放置自動車", "said": "放置車、車 放置", "ours": "on", "place": "道路管理課",
    "note": "道路に置かれたままの車をお知らせください。", "source": "道路法43条",
}  # fmt: skip


def designer() -> User:
    return cast.staff("加藤 結衣", "designer@example.lg.jp", Post.Role.DESIGNER)


def test_a_designer_adds_a_synonym_and_residents_find_the_procedure_at_once(client: Client) -> None:
    procedure("放課後児童健全育成事業の利用の申込み", actor="5")
    client.force_login(designer())
    assert "放課後児童" not in Client().get("/procedures/", {"q": "がくどう"}).content.decode()
    page = client.post("/studio/words/synonyms/addition/", {"said": "がくどう", "means": "放課後児童"}, follow=True)
    assert "すぐに効きます" in page.content.decode()
    assert "放課後児童" in Client().get("/procedures/", {"q": "ガクドウ"}).content.decode()


def test_a_word_that_exists_is_refused_with_everything_typed(client: Client) -> None:
    client.force_login(designer())
    client.post("/studio/words/synonyms/addition/", {"said": "がくどう", "means": "放課後児童"})
    again = client.post("/studio/words/synonyms/addition/", {"said": "ガクドウ", "means": "学童クラブ"})
    assert again.status_code in {200, 422}
    assert "学童クラブ" in again.content.decode()
    assert Synonym.objects.get(said="がくどう").means == "放課後児童"


def test_the_dx_office_says_where_to_go_and_it_stands_above_the_hits(client: Client) -> None:
    client.force_login(cast.headquarters())
    client.post("/studio/words/referrals/addition/", PLACE)
    page = Client().get("/procedures/", {"q": "道に車が放置"}).content.decode()
    assert "放置自動車 → 道路管理課" in page
    assert page.index("道路管理課") < page.index("この一覧に、その手続はありません")


def test_a_change_and_a_removal_leave_what_stood_there(client: Client) -> None:
    client.force_login(designer())
    client.post("/studio/words/referrals/addition/", PLACE)
    where = f"/studio/words/referrals/{Referral.objects.get(title='放置自動車').pk}/"
    client.post(where, {**PLACE, "place": "交通安全課"})
    assert "交通安全課" in client.get("/studio/words/referrals/").content.decode()
    assert "消しました" in client.post(f"{where}removal/", follow=True).content.decode()
    assert not Referral.objects.filter(title="放置自動車").exists()
    acts = Entry.objects.filter(act__startswith="案内先を").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["案内先を登録", "案内先を登録", "案内先を削除"]
    assert "交通安全課" in Entry.objects.get(act="案内先を削除").reason


def test_a_place_without_its_source_is_not_kept(client: Client) -> None:
    client.force_login(designer())
    page = client.post("/studio/words/referrals/addition/", {**PLACE, "source": ""})
    assert page.status_code == 422
    assert not Referral.objects.filter(title="放置自動車").exists()


def test_a_clerk_changes_no_word() -> None:
    with pytest.raises(NotAllowed):
        Synonym.define("がくどう", "放課後児童", by=cast.clerk())
