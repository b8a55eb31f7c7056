"""Applications of the demo ward at every stage, by invented people, made with the same calls that pages make."""

import base64
from collections.abc import Mapping
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from todoke.accounts.actors import Actor, Guest
from todoke.accounts.models import User
from todoke.cases import decisions, intake, messages
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint
from todoke.cases.models import Case, StopFlag
from todoke.demo.people import people_by_key
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today
from todoke.offers.models import Release
from todoke.organization.models import Department
from todoke.payments.collection import pay_at_counter

SAMPLE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
)
PEOPLE = [
    ("髙橋", "𠮷郎", "タカハシ", "ヨシロウ"),
    ("山田", "花子", "ヤマダ", "ハナコ"),
    ("斉藤", "美咲", "サイトウ", "ミサキ"),
    ("木村", "大輔", "キムラ", "ダイスケ"),
    ("林", "さくら", "ハヤシ", "サクラ"),
    ("清水", "健太", "シミズ", "ケンタ"),
    ("グエン", "ティ ラン", "グエン", "ティ ラン"),
    ("森", "千尋", "モリ", "チヒロ"),
]
DOGS = [("ポチ", "柴犬", "茶"), ("モカ", "トイプードル", "茶"), ("シロ", "雑種", "白"), ("小太郎", "秋田犬", "赤")]
Pages = Mapping[str, Mapping[str, str]]


def contact_answers(prefix: str, person: tuple[str, str, str, str]) -> dict[str, str]:
    """Return the answers name, address and telephone number of an invented person, with question ids prefixed."""
    names = dict(zip(("family", "given", "family_kana", "given_kana"), person, strict=True))
    address = {"postal": "104-0045", "region": "東京都中央区築地", "street": "1-1-1"}
    parts = {f"{prefix}_name__{part}": text for part, text in names.items()}
    return parts | {f"{prefix}_address__{part}": text for part, text in address.items()} | {
        f"{prefix}_phone": "03-0000-0000", f"{prefix}_email": f"{person[2].lower()}@demo.example"
    }  # fmt: skip


def dog_pages(number: int) -> Pages:
    """Return the answers of a dog registration by page."""
    name, breed, colour = DOGS[number % len(DOGS)]
    person = PEOPLE[number % len(PEOPLE)]
    kept = today() - timedelta(days=number + 3)
    return {
        "owner": contact_answers("owner", person) | {"place_same": "yes", "owner_email": f"inu{number}@demo.example"},
        "dog": {"dog_name": name, "dog_breed": breed, "dog_sex": "male", "dog_colour": colour, "kept_since": str(kept)},
        "health": {"microchip": "no", "vaccinated": "no"},
        "tag": {"delivery": "counter", "counter_place": "health", "promise": "yes"},
    }


def certificate_pages(number: int) -> Pages:
    """Return the answers of a request for copies of the residence record by page."""
    person = PEOPLE[number % len(PEOPLE)]
    mine = {"relation": "self", "requester_birth": "平成2年5月3日", "requester_email": f"juumin{number}@demo.example"}
    return {
        "requester": contact_answers("requester", person) | mine,
        "certificate": {"range": "whole", "copies": str(number % 3 + 1), "purpose": "work"},
        "delivery": {"delivery": "counter", "counter_office": "main"},
        "promise": {"promise": "yes"},
    }


def apply(
    release: Release, pages: Pages, *, by: Actor, channel: str = "web", days_ago: int = 0, reason: str = ""
) -> Case:
    """Fill in a form page by page and submit it; return the case, backdated by ``days_ago`` days."""
    draft = intake.begin(release, by=by, channel=channel)
    for page, data in pages.items():
        draft.submission.save_page(page, data, by=by)
    if release.offer.code == "residence-certificate":
        paper = SimpleUploadedFile("本人確認書類(見本).png", SAMPLE)
        draft.submission.attach("identity_file", paper, by=by)
    received = timezone.now() - timedelta(days=days_ago) if days_ago else None
    return intake.accept(draft.submission, by=by, received_at=received, reason=reason)


def build() -> None:
    """Submit the applications and process some of them."""
    people = people_by_key()
    offers = {release.offer.code: release for release in Release.objects.open().select_related("offer__procedure")}
    dog = _dogs(offers["dog-registration"], people)
    _certificates(offers["residence-certificate"], people, dog)


def _dogs(release: Release, people: dict[str, User]) -> Case:
    clerk, chief = people["hygiene"], people["hygiene-chief"]
    cases = [
        apply(release, dog_pages(0), by=people["taro"]),
        apply(release, dog_pages(1), by=people["hanako"]),
        *(apply(release, dog_pages(number), by=Guest()) for number in range(2, 6)),
        *(
            apply(release, dog_pages(number), by=clerk, channel="post", days_ago=number, reason="届いた日(消印より)")
            for number in range(6, 9)
        ),
    ]
    for case in cases[:6]:
        case.start_review(by=clerk)
    points = [
        CorrectionPoint(AnswerKey("dog_breed"), "mistake", "注射の記録と種類が違います。"),
        CorrectionPoint(AnswerKey("dog_name"), "other", "字を確かめてください。"),
    ]
    corrections.request_correction(
        cases[1],
        points,
        by=clerk,
        message="動物病院の記録を見て、直してください。",
        due_on=today() + timedelta(days=14),
    )
    for case in (cases[0], cases[2]):
        _pay(case, clerk)
        decisions.propose(case, "granted", by=clerk).approve(by=chief)
    decisions.propose(
        cases[3],
        "refused",
        by=clerk,
        reason="同じ犬がすでに登録されています(登録番号 見本-0001、狂犬病予防法第4条第2項)。",
    ).approve(by=chief)
    _pay(cases[4], clerk)
    decisions.propose(cases[4], "granted", by=clerk)
    cases[5].add_note("飼い主に電話で鑑札の受け取り場所を確かめた。", by=clerk)
    return cases[5]


def _certificates(release: Release, people: dict[str, User], dog: Case) -> None:
    clerk, chief = people["clerk"], people["chief"]
    section = Department.objects.get(name="戸籍住民課")
    StopFlag.place(
        name="林 さくら", department=section, starts_on=today(), ends_on=today() + timedelta(days=364), by=chief
    )
    cases = [apply(release, certificate_pages(1), by=people["hanako"])]
    cases += [apply(release, certificate_pages(number), by=Guest()) for number in range(2, 8)]
    for number in range(8, 11):
        pages, ago = certificate_pages(number), number % 4
        cases.append(apply(release, pages, by=clerk, channel="counter", days_ago=ago, reason="窓口で受けた日"))
    for case in cases[:5]:
        case.start_review(by=clerk)
        _pay(case, clerk)
    for case in (cases[0], cases[3]):
        decisions.propose(case, "granted", by=clerk).approve(by=chief)
    decisions.propose(cases[1], "granted", by=clerk)
    cases[5].withdraw(by=Guest())
    messages.write_to_applicant(cases[0], "本籍の記載が必要かどうか、確かめさせてください。", by=clerk)
    messages.write_to_office(cases[0], "記載してください。よろしくお願いします。", by=people["hanako"])
    taxes = Department.objects.get(name="税務課")
    messages.request_opinion(
        cases[2], taxes, "世帯主の変更の届けが出ているか教えてください(架空)。", by=clerk,
        due_on=today() + timedelta(days=7),
    )  # fmt: skip
    hygiene = messages.request_opinion(
        dog, section, "転入の届けは済んでいますか(架空)。", by=people["hygiene"], due_on=today() + timedelta(days=3)
    )
    messages.answer_opinion(hygiene, "11月1日に転入の届けを受け付けています(架空)。", by=chief)


def _pay(case: Case, clerk: User) -> None:
    if case.charge is not None:
        pay_at_counter(case.charge, reference=f"demo-{case.number}", by=clerk)
