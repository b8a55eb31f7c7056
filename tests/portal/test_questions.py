"""A resident asks in her own words, reads answers with their source, and is never left without a next step."""

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tests.cast.guidance import published, writer
from tests.cast.page_languages import JapaneseTexts
from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.guidance.models import ContentGap, Inquiry, PlainName

pytestmark = pytest.mark.django_db
DECLARED = [
    settings.MUNICIPALITY,
    "戸籍住民課",
    "やさしい日本語",
    "日本語",
    "(届け)",
    "犬が死んだら",
    "届け出てください。",
]
DECLARED += ["犬を飼い始めたら", "犬の登録をします。", "鑑札を受け取ります。", "30日以内です。", "犬"]


@pytest.fixture(autouse=True)
def _answers() -> None:
    by, other = writer(), cast.clerk()
    published("犬を飼い始めたら?", "犬の登録をします。\n鑑札を受け取ります。\n30日以内です。", by=by, checked_by=other)
    published("犬が死んだら?", "届け出てください。", by=by, checked_by=other)


def ask(client: Client, words: str) -> str:
    page = client.post("/questions/answer/", {"words": words}, follow=True)
    return page.content.decode()


def test_candidates_stand_with_section_and_day_and_none_of_these_beneath(client: Client) -> None:
    page = ask(client, "子犬を飼い始めました")
    assert page.index("犬を飼い始めたら?") < page.index("犬が死んだら?")
    assert all(words in page for words in ("戸籍住民課", "更新日", "この中にない", "30日以内です。"))
    assert "<details open" not in page
    closed = page.index("<details")
    assert page.index("鑑札を受け取ります。") < closed < page.index("30日以内です。") < page.index("犬が死んだら?")
    assert page.count("鑑札を受け取ります。") == page.count("30日以内です。") == page.count("<details") == 1


def test_none_of_these_tells_the_section_once_and_leads_to_people(client: Client) -> None:
    ask(client, "犬の保険")
    token = Inquiry.objects.get().token
    for _ in range(2):
        page = client.post(f"/questions/{token}/miss/", follow=True).content.decode()
    assert "担当の部署に伝えました" in page
    assert 'href="/visits/"' in page
    assert "戸籍住民課" in page
    gap = ContentGap.objects.get()
    assert (gap.title, gap.count, cast.present(gap.department).name) == ("犬の保険", 1, "戸籍住民課")


def test_what_nobody_knows_is_said_to_be_unknown(client: Client) -> None:
    page = ask(client, "プラネタリウム")
    assert "答えがわかりません" in page
    assert "人にたずねる方法を見る" in page
    assert ContentGap.objects.get().title == "プラネタリウム"


def test_a_question_without_an_answer_still_leads_to_the_procedures_it_names(client: Client) -> None:
    found = procedure("浄化槽の保守点検の報告", actor="5")
    page = ask(client, "浄化槽の点検を頼みました")
    assert "答えがわかりません" in page
    assert page.index(f'href="/procedures/{found.number}/"') < page.index("人にたずねる方法を見る")
    assert "の手続</h2>" not in ask(client, "どうすればいいですか")


def test_words_that_find_no_procedure_can_be_asked_and_become_a_gap(client: Client) -> None:
    page = client.get("/procedures/", {"q": "プラネタリウム"}).content.decode()
    assert 'action="/questions/answer/"' in page
    assert 'value="プラネタリウム"' in page


def test_telephone_and_number_are_masked_before_anything_is_written(client: Client) -> None:
    page = ask(client, "犬 090-1234-5678 123456789018 hanako@example.jp")
    assert Inquiry.objects.get().words == "犬 〔電話番号〕 〔個人番号〕 〔メールアドレス〕"
    assert "1234" not in page


def test_whoever_was_not_helped_is_led_to_people(client: Client) -> None:
    ask(client, "犬")
    hit = Inquiry.objects.get().hits.get(rank=1)
    where = f"/questions/{hit.inquiry.token}/judgements/1/"
    assert "人にたずねる" in client.post(where, {"helped": "no"}, follow=True).content.decode()
    assert "お役に立てて" in client.post(where, {"helped": "yes"}, follow=True).content.decode()
    hit.refresh_from_db()
    assert hit.helped is True


def test_markup_stays_text_and_a_doubted_answer_says_so(client: Client) -> None:
    version = published("<b>印鑑</b>は?", "<script>alert(1)</script>", by=writer(email="w2@example.lg.jp"),
                        checked_by=cast.chief())  # fmt: skip
    version.faq.doubt_it("手数料が変わりました。", by=System())
    page = ask(client, "印鑑")
    assert "<script>alert" not in page
    assert "確認中" in page


def test_the_thirty_first_question_of_a_minute_waits(client: Client) -> None:
    codes = [client.post("/questions/answer/", {"words": "犬"}).status_code for _ in range(31)]
    assert codes[:30] == [302] * 30
    assert Inquiry.objects.count() == 30


def test_an_empty_question_and_a_strangers_token_are_refused(client: Client) -> None:
    assert client.post("/questions/answer/", {"words": " "}).status_code == 422
    assert client.get("/questions/none/").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "None of these"), ("ja-easy", "わかりません")])
def test_the_pages_speak_the_language_of_the_reader(client: Client, language: str, words: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = ask(client, "犬")
    assert words in page
    token = Inquiry.objects.get().token
    pages = [page, *(client.get(path).content.decode() for path in ("/questions/", f"/questions/{token}/contact/"))]
    if language == "en":
        left = [JapaneseTexts(each, DECLARED).texts for each in pages]
        assert left == [[], [], []]


def test_words_that_found_nothing_find_a_procedure_once_staff_said_which(client: Client) -> None:
    procedure("浄化槽の保守点検の報告", actor="5")
    name = PlainName(title="浄化槽の保守点検の報告", plain="浄化槽の点検")
    name.keep(by=System())
    ask(client, "バキュームカー")
    gap = ContentGap.objects.get()
    designer = cast.staff("設計 者", "designer@example.lg.jp", "designer")
    client.force_login(designer)
    assert "手続の聞き方に加える" in client.get(f"/office/gaps/{gap.pk}/").content.decode()
    client.post(f"/office/gaps/{gap.pk}/wording/", {"name": name.pk})
    gap.refresh_from_db()
    name.refresh_from_db()
    assert (gap.status, name.asked) == ("worded", "バキュームカー")
    found = client.get("/procedures/", {"q": "バキュームカー"}).content.decode()
    assert "浄化槽の点検" in found


def test_words_without_an_answer_go_to_the_section_of_the_nearest_procedure(client: Client) -> None:
    section = cast.department("環境課", "7001")
    procedure("浄化槽の保守点検の報告", actor="5", department=section)
    ask(client, "浄化槽")
    assert ContentGap.objects.get().department == section
