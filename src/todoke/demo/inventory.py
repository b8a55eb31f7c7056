"""The inventory of the demo ward: the real national rows, assigned to invented departments with invented volumes."""

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path

from todoke.demo.people import person
from todoke.japanese.calendar import fiscal_year, today
from todoke.procedures.codes import DATA
from todoke.procedures.imports import importer
from todoke.procedures.models import Procedure, Volume

NATIONAL = DATA / "national_survey_r6_city_halls.csv"
POPULATION_SHARE = 0.0021
"""The share of the country's people who live in the invented ward, about 260,000."""
SOURCE = "架空の推計(全国件数に人口比を掛けた値)"
SECTIONS = {
    "住民基本台帳": "戸籍住民課", "戸籍": "戸籍住民課", "印鑑": "戸籍住民課", "特定の個人を識別": "戸籍住民課",
    "地方税": "税務課", "消防": "危機管理課", "災害": "危機管理課", "選挙": "総務課",
    "児童手当": "子育て支援課", "児童扶養": "子育て支援課", "母子": "健康推進課", "保育": "保育課",
    "子ども・子育て": "保育課", "介護": "介護保険課", "国民健康保険": "国民健康保険課",
    "国民年金": "国民健康保険課", "高齢者の医療": "国民健康保険課", "障害": "障害福祉課",
    "生活保護": "生活福祉課", "困窮": "生活福祉課", "狂犬病": "生活衛生課", "食品": "生活衛生課",
    "墓地": "生活衛生課", "動物": "生活衛生課", "予防接種": "健康推進課", "感染症": "健康推進課",
    "健康": "健康推進課", "建築": "建築課", "住宅": "建築課", "道路": "道路公園課", "河川": "道路公園課",
    "公園": "道路公園課", "都市": "都市計画課", "土地": "都市計画課", "廃棄物": "環境課", "学校": "学務課",
    "文化財": "生涯学習課", "個人情報": "総務課",
}  # fmt: skip
MINISTRIES = {
    "総務省": "総務課", "法務省": "戸籍住民課", "こども家庭庁": "子育て支援課", "厚生労働省": "福祉総務課",
    "国土交通省": "都市計画課", "環境省": "環境課", "文部科学省": "学務課", "農林水産省": "地域振興課",
    "経済産業省": "地域振興課", "デジタル庁": "DX推進課",
}  # fmt: skip


def section_of(row: dict[str, str]) -> str:
    """Return the invented section of a national row, guessed from its law, then from its ministry."""
    text = row["法令名"] + row["手続名"]
    return next((name for word, name in SECTIONS.items() if word in text), MINISTRIES.get(row["所管府省庁"], "企画課"))


def build() -> None:
    """Import the national rows with a column of departments, and add yearly volumes by channel."""
    with tempfile.TemporaryDirectory() as folder, NATIONAL.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        path = Path(folder) / "みらい区手続一覧.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, [*(reader.fieldnames or ()), "所管部署"])
            writer.writeheader()
            writer.writerows(row | {"所管部署": section_of(row)} for row in reader)
        importer.import_file(path, by=person("dx"))
    Volume.objects.bulk_create(_volumes(), batch_size=1000)


def periods(day: date) -> list[tuple[date, date]]:
    """Return first and last day of the fiscal year before a day's, and of the full months of its own."""
    year = fiscal_year(day)
    last = day.replace(day=1) - timedelta(days=1)
    found = [(date(year - 1, 4, 1), date(year, 3, 31))]
    return [*found, (date(year, 4, 1), last)] if last >= date(year, 4, 1) else found


def _volumes() -> list[Volume]:
    return [
        _volume(procedure, share, period)
        for period in periods(today())
        for procedure in Procedure.objects.filter(total_count__gt=0)
        if (share := _share(procedure, period)) > 0
    ]


def _share(procedure: Procedure, period: tuple[date, date]) -> int:
    days = (period[1] - period[0]).days + 1
    return round((procedure.total_count or 0) * POPULATION_SHARE * days / 365)


def _volume(procedure: Procedure, total: int, period: tuple[date, date]) -> Volume:
    post = total // 10
    return Volume(
        procedure=procedure,
        starts_on=period[0],
        ends_on=period[1],
        total=total,
        online=0,
        counter=total - post,
        post=post,
        other=0,
        precision=Volume.Precision.ESTIMATE,
        source=SOURCE,
    )
