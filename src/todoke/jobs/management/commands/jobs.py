"""``./todoke jobs``: prints the number of jobs by status and every dead job; ``--retry`` queues a dead one again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from todoke.jobs.models import Job


class Command(BaseCommand):
    help = "予約作業の件数と、断念した作業を表示します。--retry で、断念した作業をもう一度待機させます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="整理番号", help="この番号の断念した作業を、もう一度待機させます。")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
        counts = dict(Job.objects.values_list("status").annotate(Count("pk")))
        self.stdout.write("、".join(f"{label} {counts.get(value, 0):,}件" for value, label in Job.Status.choices))
        for job in Job.objects.dead():
            self.stdout.write(f"\n{job.token} {job.task} {job.attempts}回 {job.finished_at:%Y-%m-%d %H:%M} UTC")
            self.stdout.write(job.failure)

    def _retry(self, token: str) -> None:
        job = Job.objects.filter(token=token).first()
        if job is None or not job.retry():
            raise CommandError(f"整理番号 {token} の断念した作業はありません。")
        self.stdout.write(f"{token} を待機に戻しました。")
