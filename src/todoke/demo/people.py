"""Departments, posts and people of the demo ward みらい区, all invented."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress

from todoke.accounts.models import User
from todoke.organization.models import Department, Post, Tenure

PASSWORD = "todoke-demo"  # noqa: S105 - printed on the screen of a demo that holds no real data
SINCE = date(2025, 4, 1)
BUREAUS = {
    "10": ("政策経営部", ["企画課", "DX推進課", "広報広聴課"]),
    "20": ("総務部", ["総務課", "人事課", "契約管財課", "危機管理課"]),
    "30": ("区民部", ["戸籍住民課", "税務課", "国民健康保険課", "地域振興課"]),
    "40": ("福祉部", ["福祉総務課", "介護保険課", "障害福祉課", "生活福祉課"]),
    "50": ("子ども家庭部", ["子育て支援課", "保育課"]),
    "60": ("健康部", ["健康推進課", "生活衛生課"]),
    "70": ("環境まちづくり部", ["環境課", "都市計画課", "建築課", "道路公園課"]),
    "80": ("教育委員会事務局", ["学務課", "生涯学習課"]),
    "85": ("指定管理者", ["みらいスポーツ財団(架空)"]),
    "90": ("会計管理室", ["会計課"]),
    "95": ("監査委員事務局", ["監査課"]),
}


@dataclass(frozen=True)
class Person:
    """A person listed when the demo starts: name, e-mail address and duty."""

    email: str
    name: str
    kana: str
    duty: str
    section: str = ""
    role: str = ""
    title: str = ""


PEOPLE = [
    Person("hanako@demo.example", "山田 花子", "ヤマダ ハナコ", "住民(登録済み)"),
    Person("taro@demo.example", "髙橋 𠮷郎", "タカハシ ヨシロウ", "住民(登録済み、字形を確かめる名前)"),
    Person("clerk@demo.example", "佐藤 一郎", "サトウ イチロウ", "戸籍住民課の担当", "戸籍住民課", "clerk", "主任"),
    Person("chief@demo.example", "鈴木 明美", "スズキ アケミ", "戸籍住民課長(決裁)", "戸籍住民課", "chief", "課長"),
    Person("hygiene@demo.example", "田中 健", "タナカ ケン", "生活衛生課の担当", "生活衛生課", "clerk", "主任"),
    Person(
        "hygiene-chief@demo.example", "伊藤 直子", "イトウ ナオコ", "生活衛生課長(決裁)", "生活衛生課", "chief", "課長"
    ),
    Person("child@demo.example", "渡辺 優", "ワタナベ ユウ", "子育て支援課の担当", "子育て支援課", "clerk", "主任"),
    Person(
        "child-chief@demo.example",
        "中村 誠",
        "ナカムラ マコト",
        "子育て支援課長(決裁)",
        "子育て支援課",
        "chief",
        "課長",
    ),
    Person("hoiku@demo.example", "岡田 彩", "オカダ アヤ", "保育課の担当(利用調整)", "保育課", "clerk", "主任"),
    Person("hoiku-chief@demo.example", "藤井 浩", "フジイ ヒロシ", "保育課長(決裁)", "保育課", "chief", "課長"),
    Person(
        "operator@demo.example",
        "森田 健吾",
        "モリタ ケンゴ",
        "指定管理者の職員(北スポーツ室だけを見る)",
        "みらいスポーツ財団(架空)",
        "clerk",
        "主任",
    ),
    Person("director@demo.example", "小林 正", "コバヤシ タダシ", "区民部長", "区民部", "director", "部長"),
    Person(
        "child-director@demo.example",
        "石川 恵子",
        "イシカワ ケイコ",
        "子ども家庭部長(配慮の指示の承認)",
        "子ども家庭部",
        "director",
        "部長",
    ),
    Person("designer@demo.example", "加藤 結衣", "カトウ ユイ", "手続の設計(DX推進課)", "DX推進課", "designer", "主査"),
    Person(
        "designer2@demo.example",
        "木村 悠斗",
        "キムラ ユウト",
        "手続の設計(公開の前に確かめる人)",
        "DX推進課",
        "designer",
        "主事",
    ),
    Person("dx@demo.example", "吉田 翔", "ヨシダ ショウ", "DX推進本部事務局", "DX推進課", "headquarters", "課長"),
    Person("records@demo.example", "森 由美", "モリ ユミ", "文書・例規(総務課)", "総務課", "records", "主査"),
    Person(
        "personnel@demo.example",
        "橋本 真由",
        "ハシモト マユ",
        "人事課の担当(勤怠の定めと締め)",
        "人事課",
        "personnel",
        "主査",
    ),
    Person("treasurer@demo.example", "山口 恵", "ヤマグチ メグミ", "会計課の担当", "会計課", "treasurer", "主任"),
    Person(
        "treasurer-chief@demo.example",
        "清水 勇",
        "シミズ イサム",
        "会計課長(日計の確認)",
        "会計課",
        "treasurer",
        "課長",
    ),
    Person("auditor@demo.example", "松本 茂", "マツモト シゲル", "監査担当", "監査課", "auditor", "主査"),
    Person(
        "admin@demo.example",
        "井上 学",
        "イノウエ マナブ",
        "システム管理(申請は見られない)",
        "DX推進課",
        "administrator",
        "主任",
    ),
    Person(
        "admin2@demo.example",
        "野村 咲",
        "ノムラ サキ",
        "システム管理(承認する人)",
        "DX推進課",
        "administrator",
        "主任主事",
    ),
]


HOURS = "月曜日から金曜日の8時30分から17時まで(祝日と12月29日から1月3日を除く)"


def person(name: str) -> User:
    """Return the user whose e-mail address has this part before the @."""
    return User.objects.get(email=f"{name}@demo.example")


def people_by_key() -> dict[str, User]:
    """Return all users by the part of their e-mail address before the @."""
    return {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@demo.example")}


def build() -> None:
    """Create the departments, the posts and their holders."""
    for number, (bureau, sections) in BUREAUS.items():
        parent = Department.objects.create(code=f"{number}00", name=bureau, phone="03-0000-0000")
        for order, section in enumerate(sections, 1):
            Department.objects.create(
                code=f"{number}{order:02}", name=section, parent=parent, phone="03-0000-0000",
                address=f"みらい区役所 本庁舎{order + 1}階(みらい区中央一丁目1番1号)", hours=HOURS,
                directions="みらい中央駅の北口から歩いて5分。正面の玄関に総合案内があります。",
            )  # fmt: skip
    for person in PEOPLE:
        user = User.objects.create_user(person.email, PASSWORD, name=person.name, kana=person.kana)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
        if person.section:
            department = Department.objects.get(name=person.section)
            post = Post.objects.create(department=department, title=person.title, role=person.role)
            Tenure.objects.create(post=post, user=user, starts_on=SINCE)
