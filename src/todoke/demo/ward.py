"""The demo ward デモ区: the order in which its parts are built."""

from collections.abc import Callable, Iterator

from django.db import transaction

from todoke.demo import (
    admissions,
    approvals,
    board,
    bookings,
    cases,
    connected_services,
    flows,
    guidance,
    inventory,
    judgements,
    money,
    offers,
    people,
    places,
    points,
    providers,
    reconfirmations,
    records,
    reviews,
    roadmaps,
    workforce,
)
from todoke.demo.board import voices
from todoke.demo.paper import scans
from todoke.organization.models import Department

STEPS: list[tuple[str, Callable[[], None]]] = [
    ("部署と職員", people.build),
    ("認証元(練習用)", providers.build),
    ("連携サービス(練習用)", connected_services.build),
    ("手続の一覧 3,098件(デジタル庁の調査)", inventory.build),
    ("オンライン受付の手続", offers.build),
    ("住民の言葉と暮らしの出来事", guidance.build),
    ("都市計画の図面と住所(焼津市の公開データ)、避難所(架空)", places.build),
    ("押印・書類・対面の見直し(決定は架空)", reviews.build),
    ("架空の申請", cases.build),
    ("紙の申請の読取り(紙面も中身も架空)", scans.build),
    ("児童手当の現況届(架空)", reconfirmations.build),
    ("架空の収納・コンビニ交付", money.build),
    ("地域ポイント・加盟店(架空)", points.build),
    ("架空の調達と決裁", approvals.build),
    ("勤怠・テレワーク・推進委員・相談会(架空)", workforce.build),
    ("文書分類と古い公文書(架空)", records.build),
    ("業務フローと窓口体験調査(架空)", flows.build),
    ("区の判断と重複の候補(判断は架空)", judgements.build),
    ("導入計画(人月と工数は架空)", roadmaps.build),
    ("利用調整の選考(架空)", admissions.build),
    ("来庁・施設・抽選・講座の予約(架空)", bookings.build),
    ("架空の会議・計画・システム台帳", board.build),
    ("意見募集・お題・職員提案(架空)", voices.build),
]


def is_built() -> bool:
    """Whether the ward exists; it is built in one transaction."""
    return Department.objects.exists()


@transaction.atomic
def build() -> Iterator[str]:
    """Build the whole ward in one transaction; yield the name of each part before it is built."""
    for name, step in STEPS:
        yield name
        step()
