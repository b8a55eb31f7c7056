"""``./todoke intake_counts``: count what was received anew, by day, from the cases themselves 受付件数の数え直し."""

from typing import Any

from django.core.management.base import BaseCommand

from todoke.cases.models import IntakeCount


class Command(BaseCommand):
    help = "日ごとの受付件数を、案件から数え直します。"

    def handle(self, *args: Any, **options: Any) -> None:
        difference = IntakeCount.difference()
        IntakeCount.recount()
        self.stdout.write(f"数え直しました。集計と案件の差は {abs(difference):,}件でした。")
