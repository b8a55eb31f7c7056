"""放課後児童クラブ: one designer's face from a blank page to a published service, and a letter that names the child.

Every press, choice and fill of the designers is counted. No code is typed.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import cases
from tests.cast.browser import Accessible, Desk
from tests.cast.cases import work_off
from todoke.accounts.actors import System
from todoke.cases import decisions
from todoke.cases.models import Case, Letter
from todoke.demo.offers import route
from todoke.offers.models import FeeLine, Release
from todoke.organization.models import Post
from todoke.procedures import search
from todoke.procedures.models import Procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 70
SERVICE = "放課後児童クラブ利用申込"
GUARDIAN = "保護者の住所\n電話番号\nメールアドレス(任意)\n市内に住んでいますか"
CHILD = (
    "お子さんの氏名\n生年月日\n通っている学校の名前(短い文章)\n学年: 1年、2年、3年、4年、5年、6年\n"
    "利用する曜日(いくつでも): 月、火、水、木、金、土\n延長を利用しますか\n希望するクラブ: 青空クラブ、若葉クラブ\n"
    "利用を始める日\nアレルギーの有無(はい・いいえ)\n配慮してほしいこと(長い文章)(任意)"
)
REASON = "利用する理由: 就労、病気、そのほか\n勤務先の名前\n就労証明書\n診断書\n育成料の口座(口座)(任意)"
CONSENT = "利用の決まり(説明文)\n利用の決まりに同意します\n緊急のときの連絡先の氏名\n緊急のときの電話番号"


@dataclass
class Hand:
    """A designer at a page, whose presses, choices and fills are counted together with those of others."""

    page: Page
    done: list[str]

    def press(self, name: str) -> None:
        self.done.append(f"press {name}")
        target = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        with self.page.expect_navigation():
            target.first.click()

    def fill(self, label: str, text: str) -> None:
        self.done.append(f"fill {label}")
        assert not re.fullmatch(r"[a-z0-9_-]+", text) or text.isdecimal(), f"a code is typed: {text}"
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.done.append(f"choose {label}")
        self.page.get_by_label(label).first.select_option(label=option)

    def tick(self, label: str) -> None:
        self.done.append(f"tick {label}")
        self.page.get_by_label(label, exact=True).first.check()

    def unfold(self, summary: str) -> None:
        self.done.append(f"unfold {summary}")
        self.page.get_by_text(summary, exact=True).first.click()


def add_page(hand: Hand, title: str, questions: str, noun: str = "") -> None:
    hand.fill("次に加えるページの題", title)
    if noun:
        hand.page.get_by_label("何ごとに繰り返しますか").fill(noun)
        hand.done.append("fill 何ごとに繰り返しますか")
    hand.press("ページを加える")
    hand.fill("加える設問(1行に一つ)", questions)
    hand.press("まとめて加える")


def build_the_form(hand: Hand) -> None:
    hand.press("様式を作る")
    hand.fill("名称", SERVICE)
    hand.press("様式案を作る")
    hand.unfold("まとめて加える・ほかの様式から写す")
    hand.fill("加える設問(1行に一つ)", GUARDIAN)
    hand.press("まとめて加える")
    add_page(hand, "お子さん", CHILD, noun="お子さん")
    add_page(hand, "利用する理由", REASON)
    for paper, reason in (("就労証明書", "就労"), ("診断書", "病気")):
        hand.press(f"直す (設問 {paper})")
        hand.choose("表示の条件:設問", f"利用する理由 / 利用する理由: {reason}")
        hand.press("保存する")
    add_page(hand, "利用の決まり", CONSENT)
    hand.press("対象外なら止まる")
    hand.fill("知らせる言葉", "このクラブは、市内に住むお子さんのためのものです。お住まいの市に申し込んでください。")
    hand.choose("止まる条件:設問", "申請する人について / 市内に住んでいますか: いいえ")
    hand.press("保存する")


def publish_the_form(hand: Hand, second: Hand) -> None:
    hand.press("点検して公開する")
    expect(hand.page.get_by_text("点検を通りました", exact=True)).to_be_visible()
    hand.press("確認を頼む")
    second.page.goto("/studio/")
    second.press(SERVICE)
    second.press("確かめた。公開してよい")
    hand.page.reload()
    hand.press("新しい版を公開する")


def open_the_service(hand: Hand, second: Hand, check: Accessible) -> None:
    hand.press("オンライン受付")
    hand.press("手続をオンラインにする")
    hand.fill("手続をさがす言葉", "学童")
    hand.press("さがす")
    hand.press("用意する")
    hand.press("受付の条件を決める")
    check(hand.page)
    hand.fill("標準処理期間", "20")
    care = hand.page.locator("details", has=hand.page.get_by_text("手数料 1", exact=True))
    late = hand.page.locator("details", has=hand.page.get_by_text("手数料 2", exact=True))
    hand.unfold("手数料 2")
    for block, label, yen in ((care, "育成料", "5000"), (late, "延長料金", "1000")):
        block.get_by_label("手数料の名目").first.fill(label)
        block.get_by_label("単価(円)").fill(yen)
        block.get_by_label("歳入科目").first.select_option(label="13-02-01(犬の登録手数料)")
        block.get_by_label("何ごとにかかりますか").select_option(label="お子さんごと")
        hand.done += [f"fee {label}"] * 4
    care.get_by_label("2人目(2件目)の割合(%)").fill("50")
    late.get_by_label("この答えのときだけ").select_option(label="延長を利用しますか: はい")
    hand.done += ["fill 2人目", "choose この答えのときだけ"]
    hand.tick("お子さんの氏名")
    hand.press("案を保存して見本を見る")
    check(hand.page)
    expect(hand.page.get_by_text("点検を通りました。")).to_be_visible()
    hand.press("確認を頼む")
    second.page.goto("/studio/")
    second.press(SERVICE)
    second.press("確かめて公開する")
    expect(second.page.get_by_text("第1版を公開しました。住民のページから申請できます。")).to_be_visible()


def name(page: Page, place: str, family: str, given: str) -> None:
    parts = {"family": family, "given": given, "family_kana": "ヤマダ", "given_kana": "カナ"}
    for part, text in parts.items():
        page.locator(f"[name={place}__{part}]").fill(text)


def apply(page: Page, ids: dict[str, str], number: str, check: Accessible) -> str:
    """A guardian applies for two children on a phone; returns the receipt number."""
    page.goto(f"/procedures/{number}/")
    expect(page.get_by_text("就労証明書")).to_be_visible()
    expect(page.get_by_text("2,500円")).to_be_visible()
    page.get_by_role("link", name="オンラインで申請する").click()
    page.get_by_role("button", name="登録せずに申請をはじめる").click()
    name(page, ids["氏名"], "山田", "花子")
    place = {"postal": "1000001", "region": "東京都みらい区中央", "street": "1-2-3"}
    for part, text in place.items():
        page.locator(f"[name={ids['保護者の住所']}__{part}]").fill(text)
    page.fill(f"[name={ids['電話番号']}]", "090-1234-5678")
    page.check(f"[name={ids['市内に住んでいますか']}][value=no]")
    onward(page)
    expect(page.get_by_text("この申請の対象ではありません")).to_be_visible()
    check(page)
    page.check(f"[name={ids['市内に住んでいますか']}][value=yes]")
    onward(page)
    for row, given in enumerate(("一郎", "さくら"), 1):
        child(page, ids, row, given)
        if row == 1:
            page.get_by_role("button", name="お子さんを追加する").click()
    onward(page)
    page.get_by_label("そのほか").check()
    page.fill(f"[name={ids['勤務先の名前']}]", "みらい商店")
    onward(page)
    page.get_by_label("同意します", exact=True).check()
    name(page, ids["緊急のときの連絡先の氏名"], "山田", "太郎")
    page.fill(f"[name={ids['緊急のときの電話番号']}]", "090-1234-0000")
    onward(page)
    expect(page.get_by_text("育成料(2人目のお子さん)")).to_be_visible()
    page.get_by_role("button", name="この内容で申請する").click()
    return page.locator(".receipt-number").inner_text()


def child(page: Page, ids: dict[str, str], row: int, given: str) -> None:
    at = {label: f"{code}-{row}" for label, code in ids.items()}
    name(page, at["お子さんの氏名"], "山田", given)
    for label, day in (("生年月日", ("平成", "30")), ("利用を始める日", ("令和", "9"))):
        page.locator(f"[name={at[label]}__era]").select_option(day[0])
        for part, text in (("year", day[1]), ("month", "4"), ("day", "1")):
            page.locator(f"[name={at[label]}__{part}]").fill(text)
    page.fill(f"[name={at['通っている学校の名前']}]", "みらい小学校")
    page.locator(f"[name={at['学年']}]").first.check()
    page.locator(f"[name={at['利用する曜日']}]").first.check()
    page.check(f"[name={at['延長を利用しますか']}][value={'yes' if row == 2 else 'no'}]")
    page.locator(f"[name={at['希望するクラブ']}]").first.check()
    page.check(f"[name={at['アレルギーの有無']}][value=no]")


def onward(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[name=next]").last.click()


def test_the_club_is_built_opened_applied_for_and_its_letter_names_the_children(
    desk: Desk, phone: Page, accessible: Accessible
) -> None:
    section = cast.department("子育て支援課", "4001")
    club = Procedure.objects.create(
        number="P-009001", serial=9001, title=SERVICE, plain_name="学童保育の申込み", search_words="学童",
        department=section,
    )  # fmt: skip
    search.index_procedure(club)
    route()
    earlier_fee()
    done: list[str] = []
    designers = [cast.staff(f"設計 {who}", f"{who}@example.lg.jp", Post.Role.DESIGNER) for who in ("one", "two")]
    hand, second = (Hand(desk(designer), done) for designer in designers)
    hand.page.goto("/studio/")
    build_the_form(hand)
    publish_the_form(hand, second)
    open_the_service(hand, second, accessible)
    assert len(done) <= MOST, f"{len(done)}: {done}"
    release = Release.objects.get(offer__procedure=club)
    ids = {question.label: key for key, (_, _, question) in release.form_version.parsed.by_id.items()}
    number = apply(phone, ids, club.number, accessible)
    case = Case.objects.get(number=number)
    assert case.charge is not None
    assert case.charge.yen == 5000 + 2500 + 1000
    decide(case)
    words = str(Letter.objects.get(case=case).data)
    assert "山田 一郎、山田 さくら" in words


def earlier_fee() -> None:
    """A fee of another service, whose revenue code can be chosen."""
    other = cases.release(cast.department("生活衛生課", "6002"))
    fee = FeeLine(label="犬の登録手数料", amount=3000, revenue_code="13-02-01")
    terms = {"form_version": other.form_version, "route": other.route, "standard_days": 5, "delivery": "窓口"}
    Release.publish(other.offer, rows=[fee], by=System(), **terms)


def decide(case: Case) -> None:
    """The section decides: a refusal needs no payment before."""
    clerk = cast.staff("係員", "clerk@example.lg.jp", Post.Role.CLERK, case.department)
    chief = cast.staff("課長", "chief@example.lg.jp", Post.Role.CHIEF, case.department)
    case.start_review(by=clerk)
    decisions.propose(case, "refused", by=clerk, reason="定員のため").approve(by=chief)
    work_off()
