"""Automations of the demo ward: twelve robots with ninety days of runs; all invented."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.demo.people import person
from todoke.japanese.calendar import today
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.models import Automation, AutomationBaseline, AutomationRun, InputSchema

TASKS = (
    ("tennyu", "転入一覧の転記", "rpa"), ("zeimu", "課税資料の突合", "rpa"), ("kokuho", "資格喪失の一覧の作成", "rpa"),
    ("hoiku", "保育料の通知の並べ替え", "macro"), ("kaigi", "会議録の下書き", "generative"),
    ("ocr", "口座振替依頼書の読取り", "ocr"), ("yoyaku", "施設予約の集計", "script"),
    ("soumu", "旅費の精算の転記", "low_code"), ("kankyo", "粗大ごみの受付の転記", "rpa"),
    ("kenko", "健診の案内の宛名", "macro"), ("gakumu", "就学援助の一覧の突合", "rpa"),
    ("kaikei", "支払の一覧の検算", "macro"),
)  # fmt: skip
COLUMNS = ("番号", "区分", "氏名", "金額")
DAYS = 90


def build() -> None:
    """Register the robots and let them have run every third day; one stops because a column was renamed."""
    clerk, chief = person("clerk"), person("chief")
    for number, (code, title, kind) in enumerate(TASKS):
        made = _registered(code, f"{title}(架空)", kind)
        if number % 4 != 3:
            AutomationBaseline.measure(
                made, observed=30, median_minutes=Decimal(4 + number % 3), measured_on=today() - timedelta(days=100),
                method="担当2人が1週間、1件ごとに記録した(架空)", by=clerk,
            )  # fmt: skip
            made.start(by=chief)
        _run(made, number)
    first = Automation.objects.get(code=TASKS[0][0])
    renamed = TableShape.of(("番号", "区分", "世帯主氏名", "金額"), "utf-8")
    AutomationRun.begin(first, "demo-renamed", shape=renamed, by=System("デモ"))


def _registered(code: str, title: str, kind: str) -> Automation:
    clerk, chief = person("clerk"), person("chief")
    made = Automation(
        code=code, title=title, kind=kind, owner=clerk.tenures.all()[0].post, deputy=chief.tenures.all()[0].post,
        data_class="open" if kind == "generative" else "internal", zone="lgwan", unit="明細1行",
        fallback="担当2人が、一覧を見ながら手で入力する(架空)", promised_minutes=3000, cycle="weekly",
    )  # fmt: skip
    made.apply(by=clerk)
    schema = InputSchema.propose(made, TableShape.of(COLUMNS, "utf-8"), by=clerk)
    schema.approve(by=clerk)
    made.review_until(today() + timedelta(days=150), by=clerk)
    made.try_out(by=chief)
    return made


def _run(made: Automation, number: int) -> None:
    """Insert the runs of ninety days; every tenth failed."""
    now, done = timezone.now(), AutomationRun.Outcome
    AutomationRun.objects.bulk_create(
        AutomationRun(
            automation=made, key=f"demo-{days}", started_at=now - timedelta(days=days),
            ended_at=now - timedelta(days=days) + timedelta(minutes=12),
            outcome=done.FAILED if days % 10 == 0 else done.DONE, units=20 + number, exceptions=days % 3,
            human_minutes=8,
        )
        for days in range(1, DAYS, 3)
    )  # fmt: skip
