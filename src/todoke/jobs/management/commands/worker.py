"""``./todoke worker``: runs due jobs until it is stopped by SIGTERM or SIGINT.

While a job of the long queue runs, one more process runs the short queue, unless queues are named.
"""

import os
import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from todoke.jobs.queues import SHORT
from todoke.jobs.worker import Worker
from todoke.runtime.build_identity import BuildCheck
from todoke.runtime.processes.stop_signals import reset_in_children
from todoke.runtime.processes.supervisor import Supervisor


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
        is_alone = not options["queue"] and not options["until_idle"]
        if is_alone:
            reset_in_children()
        build = BuildCheck(every=1.0)
        worker = Worker(
            queues=tuple(options["queue"]),
            lease=timedelta(seconds=options["lease"]),
            pause=options["pause"],
            until_idle=options["until_idle"],
            limit=options["limit"],
            may_run=lambda: not build.refusal(),
            beside_long=partial(self._companion, options) if is_alone else nullcontext,
        )
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        done = worker.run()
        self.stdout.write(f"{done}件の作業を終えて止まりました。")

    @contextmanager
    def _companion(self, options: dict[str, Any]) -> Iterator[None]:
        """Run the short queue in one more process until the block ends; it finishes the job in hand."""
        connections.close_all()
        same = [word for name in ("lease", "pause", "limit") for word in (f"--{name}", str(options[name]))]
        supervisor = Supervisor("worker", "--queue", SHORT, *same).start()
        try:
            yield
        finally:
            os.kill(supervisor, signal.SIGTERM)
            os.waitpid(supervisor, 0)
