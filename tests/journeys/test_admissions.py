"""A round of nursery places from the applications to the letters, and an error found after them.

The clerk takes in seats and applications, settles what the checks ask, and proposes; the chief signs; a father reads on
his phone why, and whom to ask; a correction tells exactly those concerned. Nobody sees a datum of another child.
"""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast.admission_applications import MAPPING, application, service
from tests.cast.admissions import Nursery, nursery
from tests.cast.browser import Accessible, Desk, follow
from tests.cast.cases import work_off
from todoke.accounts.models import User
from todoke.admissions.models import ApplicantChild, Placement, PlacementLetter, SelectionRound
from todoke.notices.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")
SEATS = (
    "施設番号,施設,クラス,募集人数,定員,引き続き通う児童,前年の募集\n"
    "F1,もも保育園,1歳児,3,12,9,3\nF2,みかん保育園,1歳児,1,6,5,1\n"
)
CHILDREN = {
    "一郎": ("20", "20"),
    "二郎": ("20", "16"),
    "三郎": ("16", "16"),
    "四郎": ("16", "12"),
    "五郎": ("12", "12"),
}
OWN = "五郎"
PHONE = "father"
OTHERS = tuple(name for name in CHILDREN if name != OWN)


WIDE, NARROW = (1280, 900), (375, 812)


class Walk:
    """A person at a page: each page reached is checked, a desk's also as narrow as a phone, and kept as a picture."""

    def __init__(self, page: Page, check: Accessible, name: str) -> None:
        self.page, self.check, self.name, self.seen = page, check, name, 0

    def look(self) -> None:
        self.seen += 1
        sizes = (NARROW, WIDE) if self.name != PHONE else (NARROW,)
        for width, height in sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            self.check(self.page)
            if PICTURES:
                name = f"{self.name}-{self.seen:02}-{width}.png"
                self.page.screenshot(path=Path(PICTURES) / name, full_page=True)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, name: str, *, role: str = "button") -> None:
        follow(self.page, self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]  # a role
        self.look()

    def unfold(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).first.click()


@pytest.fixture
def place() -> Nursery:
    return nursery(None, "もも", "みかん")


@pytest.fixture
def father() -> User:
    return cast.resident("山田 太郎", "taro@example.jp")


@pytest.fixture
def of(place: Nursery, father: User) -> SelectionRound:
    """Five applications that fit, the father's with the fewest days, and one for a facility that there is not."""
    form = service(place)
    made = place.opened(offer=form.offer)
    for name, (days, days_two) in CHILDREN.items():
        by = father if name == OWN else None
        application(form, {"name": name, "second": "みかん保育園"}, by=by, days=days, days_two=days_two)
    application(form, {"name": "六郎", "first": "さくら園"})
    return made


def seats_by_table(clerk: Walk, second: Walk, at: str) -> None:
    """Each side's numbers come from a table, entered by two people."""
    for walk, side in ((clerk, "facility"), (second, "office")):
        walk.open(f"{at}seats/table/")
        walk.page.check(f"[name=side][value={side}]")
        walk.page.fill("[name=source]", "10月1日の表")
        walk.page.set_input_files("[name=file]", {"name": "席.csv", "mimeType": "text/csv", "buffer": SEATS.encode()})
        walk.press("募集人数を表から入れる")
    assert second.page.get_by_text("一致", exact=True).count() == 2


def applications(clerk: Walk, at: str) -> None:
    """The mapping is said once; what fits is taken in, the rest is listed and left out with a reason."""
    clerk.open(f"{at}applications/")
    clerk.press("申込書の対応を決める", role="link")
    for given in MAPPING:
        chosen = f"{given.question}={given.option}" if given.option else given.question
        clerk.page.select_option(f"[name='{given.target}:{given.place}']", chosen)
    clerk.press("申込書の対応を決める")
    assert clerk.page.get_by_text("「さくら園」という施設がありません").is_visible()
    clerk.press("取り込む")
    work_off()
    clerk.open(f"{at}applications/")
    odd = clerk.page.locator("tbody th a").inner_text()
    clerk.open(f"{at}points/")
    clerk.unfold("申込みを対象外とする")
    clerk.page.fill("[name=number]", odd)
    clerk.page.fill("[name=left_out]", "区内にない施設だけを希望し、本人が取り下げると言った")
    clerk.press("対象外とする")


def checks(clerk: Walk, at: str) -> None:
    """The points are counted, and each point of the checks is accepted with a reason."""
    clerk.open(at)
    clerk.press("点検を始める")
    clerk.press("点数を計算する")
    clerk.press("指摘を開く", role="link")
    while clerk.page.locator("summary", has_text="このままでよいことを確かめた").count():
        clerk.unfold("このままでよいことを確かめた")
        clerk.page.locator("details[open] [name=reason]").fill("書類と照らして確かめた")
        follow(clerk.page, clerk.page.locator("details[open] button"))
    clerk.look()
    assert clerk.page.get_by_text("指摘はありません").is_visible()


def decision(clerk: Walk, chief: Walk, at: str) -> None:
    """The run is proposed, the chief reads the numbers and approves, the clerk tells the families."""
    clerk.open(at)
    clerk.press("入力を確定する")
    clerk.press("試算する")
    work_off()
    clerk.open(at)
    clerk.press("試算1を開く", role="link")
    clerk.press("採用を起案する")
    chief.open("/office/proposals/?view=waiting")
    follow(chief.page, chief.page.locator("tbody th a").first)
    chief.look()
    assert not [name for name in CHILDREN if name in chief.page.content()]
    chief.press("承認する")
    clerk.open(at)
    clerk.press("家庭に通知する")


def reads_why(phone: Walk, contact: str) -> None:
    """The father finds the result, the reason of each wish and whom to ask, and opens the letter."""
    phone.open("/admissions/")
    phone.press(f"山田 {OWN}", role="link")
    body = phone.page.locator("main").inner_text()
    assert "今回は決まりませんでした" in body
    assert "お子さんの点数は24点です。決まったお子さんの中で一番低い点数は32点でした。" in body
    assert contact in body


def saved_letter(phone: Walk, folder: Path) -> str:
    """The words of the newest letter, which is also kept as a picture."""
    link = phone.page.get_by_role("link", name="(PDF)を開く").last.get_attribute("href")
    file = folder / f"{phone.name}.pdf"
    file.write_bytes(phone.page.request.get(str(link)).body())
    if PICTURES:
        subprocess.run(["pdftoppm", "-png", "-r", "60", file, Path(PICTURES) / f"{phone.name}-letter"], check=True)
    return subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout


def correction(clerk: Walk, chief: Walk, of: SelectionRound, at: str) -> None:
    """A missing bonus of the father's child is put right; another person tells those concerned."""
    own = of.children.get(name__endswith=OWN)
    clerk.open(f"{at}corrections/")
    clerk.unfold("訂正を起こす")
    clerk.page.fill("[name=number]", own.number)
    clerk.page.fill("[name=points]", "33")
    clerk.page.fill("[name=reason]", "就労日数の読み誤りがありました。")
    clerk.press("計算して、結果の変わる家庭を調べる")
    work_off()
    chief.open(f"{at}corrections/")
    follow(chief.page, chief.page.locator("main .card--link a").first)
    chief.look()
    chief.press("確かめて知らせる")


def test_a_round_goes_from_the_applications_to_the_letters_and_a_correction(
    desk: Desk, phone: Page, live_server: LiveServer, accessible: Accessible, place: Nursery, of: SelectionRound,
    father: User, tmp_path: Path,
) -> None:  # fmt: skip
    people = {"clerk": place.clerk, "second": place.second, "chief": place.chief}
    clerk, second, chief = (Walk(desk(person), accessible, name) for name, person in people.items())
    at = f"/office/admissions/{of.pk}/"
    seats_by_table(clerk, second, at)
    applications(clerk, at)
    checks(clerk, at)
    decision(clerk, chief, at)
    family = Walk(signed_in(phone, father, live_server), accessible, PHONE)
    reads_why(family, place.section.name)
    first = saved_letter(family, tmp_path)
    correction(clerk, chief, of, at)
    told = PlacementLetter.objects.filter(kind="correction")
    changed = {each.placement.child.name for each in told.select_related("placement__child")}
    assert changed == {f"山田 {OWN}", "山田 三郎", "山田 四郎"}
    assert Message.objects.filter(code="admission-correction").count() == 1
    assert Placement.objects.get(child__name="山田 三郎").facility == place.facilities["もも"]
    family.open(f"/admissions/{ApplicantChild.objects.get(name=f'山田 {OWN}').pk}/")
    seen = [first, saved_letter(family, tmp_path), family.page.content()]
    assert "正しい結果" in seen[1]
    assert family.page.locator(".notice--warning strong").inner_text() == "もも保育園"
    numbers = [child.number for child in of.children.exclude(name=f"山田 {OWN}")]
    assert not [canary for canary in (*OTHERS, *numbers) for page in seen if canary in page]


def signed_in(page: Page, person: User, live_server: LiveServer) -> Page:
    """The phone of a person who has signed in."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[configured.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page
