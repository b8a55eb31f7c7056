"""The cast of open data: a dataset of a section, and files with and without defects."""

from tests import cast
from todoke.accounts.models import User
from todoke.insights.models import Dataset, ValidationRun

CLEAN = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,緯度,経度\r\n"
    "222127,1,静岡県,焼津市,本庁舎,34.866918,138.323171\r\n"
    "222127,2,静岡県,焼津市,図書館,34.855123,138.306789\r\n"
)
BAD = CLEAN.replace("図書館", "図書館 ").replace("本庁舎", "本庁\u200b舎").encode()
NAME = "222127_facilities.csv"


def dataset(slug: str = "facilities") -> Dataset:
    facts = {"title": "公共施設の一覧", "description": "区の施設の名前と場所です。", "contact": "総務課 03-0000-0000"}
    return Dataset.objects.create(slug=slug, department=cast.department(), keywords="施設、場所", **facts)


def run(by: User, content: bytes = BAD, of: Dataset | None = None) -> ValidationRun:
    return ValidationRun.check_file(of or dataset(), content, NAME, by=by)


def published(by: User, of: Dataset | None = None, content: str = CLEAN) -> Dataset:
    """A dataset whose file was checked, approved and published."""
    made = run(by, content.encode("utf-8-sig"), of)
    made.approve(by=by)
    made.publish(by=by)
    return made.dataset
