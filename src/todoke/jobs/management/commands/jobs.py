"""``./todoke jobs``: what waits, what runs, and the dead letters that somebody must look at."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from todoke.jobs.models import Job


class Command(BaseCommand):
    help = "予約作業の件数と、断念した作業を表示します。--revive で、断念した作業をもう一度待機させます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--revive", metavar="整理番号", help="この番号の断念した作業を、もう一度待機させます。")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["revive"]:
            self._revive(options["revive"])
        counts = dict(Job.objects.values_list("status").annotate(Count("pk")))
        self.stdout.write("、".join(f"{label} {counts.get(value, 0):,}件" for value, label in Job.Status.choices))
        for job in Job.objects.dead():
            self.stdout.write(f"\n{job.ticket} {job.task} {job.attempts}回 {job.finished_at:%Y-%m-%d %H:%M} UTC")
            self.stdout.write(job.failure)

    def _revive(self, ticket: str) -> None:
        job = Job.objects.filter(ticket=ticket).first()
        if job is None or not job.revive():
            raise CommandError(f"整理番号 {ticket} の断念した作業はありません。")
        self.stdout.write(f"{ticket} を待機に戻しました。")
