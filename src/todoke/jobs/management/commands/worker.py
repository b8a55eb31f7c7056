"""``./todoke worker``: runs due jobs until it is stopped by SIGTERM or SIGINT."""

import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from todoke.jobs.worker import Worker
from todoke.runtime.build_identity import BuildCheck


class Command(BaseCommand):
    help = "予約作業を実行します。SIGTERM で、手元の作業を終えてから止まります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", action="append", default=[], help="この列だけを実行します(繰り返し指定可)。")
        parser.add_argument(
            "--lease", type=float, default=60, help="貸出期間(秒)。過ぎると他のワーカーが取り直します。"
        )
        parser.add_argument("--pause", type=float, default=1.0, help="作業がないときに待つ秒数。")
        parser.add_argument(
            "--limit", type=float, default=1800, help="一つの作業の上限(秒)。過ぎると打ち切り、列に戻して終わります。"
        )
        parser.add_argument("--until-idle", action="store_true", help="実行できる作業がなくなったら終わります。")

    def handle(self, *args: Any, **options: Any) -> None:
        build = BuildCheck(every=1.0)
        worker = Worker(
            queues=tuple(options["queue"]),
            lease=timedelta(seconds=options["lease"]),
            pause=options["pause"],
            until_idle=options["until_idle"],
            limit=options["limit"],
            may_run=lambda: not build.refusal(),
        )
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        done = worker.run()
        self.stdout.write(f"{done}件の作業を終えて止まりました。")
