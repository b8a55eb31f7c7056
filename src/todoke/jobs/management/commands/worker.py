"""``./todoke worker``: runs due jobs until it is stopped by SIGTERM or SIGINT.

While a job of the long queue runs, one more process runs the short queue, unless queues are named.
"""

import signal
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from todoke.jobs.short_queue_process import ShortQueueProcess
from todoke.jobs.worker import Worker
from todoke.runtime.build_identity import BuildCheck
from todoke.runtime.processes.stop_signals import reset_in_children


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
        long_job_context: Callable[[], AbstractContextManager[None]] = nullcontext
        if not options["queue"] and not options["until_idle"]:
            reset_in_children()
            connections.close_all()
            same = [word for name in ("lease", "pause", "limit") for word in (f"--{name}", str(options[name]))]
            long_job_context = ShortQueueProcess(*same).running
        build = BuildCheck(every=1.0)
        worker = Worker(
            queues=tuple(options["queue"]),
            lease=timedelta(seconds=options["lease"]),
            pause=options["pause"],
            until_idle=options["until_idle"],
            limit=options["limit"],
            may_run=lambda: not build.refusal(),
            long_job_context=long_job_context,
        )
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        done = worker.run()
        self.stdout.write(f"{done}件の作業を終えて止まりました。")
