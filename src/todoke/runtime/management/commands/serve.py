"""``./todoke serve``: runs the web server in several processes that share the memory of one loaded program."""

import os
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from todoke.runtime.processes.copy_on_write import prepare_fork
from todoke.runtime.processes.cpu_affinity import bind_children
from todoke.runtime.processes.stop_signals import reset_in_children
from todoke.runtime.processes.supervisor import Supervisor
from todoke.runtime.production import is_production, unsafe_settings
from todoke.runtime.static_files import hashed_storage

THREADS_PER_WORKING = 16
SECONDS_TO_FINISH = 60
APPLICATION = "todoke.wsgi"


class Command(BaseCommand):
    help = "住民と職員のページを出すサーバーを動かします(HTTPSを終える逆プロキシの後ろに置きます)。"
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="受け付けるアドレス(初期値 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="ポート番号(初期値 8000)")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="プロセスの数(初期値は CPU の数)"
        )
        parser.add_argument(
            "--worker", action="store_true", help="ワーカーも一つ動かします(プログラムを分け合い、メモリーを節約します)"
        )
        parser.add_argument("--working", type=int, default=4, help="一つのプロセスで同時に処理する数(初期値 4)")

        parser.add_argument(
            "--metrics-port", type=int, default=0, help="監視の数値を出す、自分だけのポート(初期値 0 は出さない)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_production() and (unsafe := unsafe_settings()):
            raise CommandError("本番では始められません。" + "".join(unsafe))
        settings.WORKING_THREADS = settings.WORKING_THREADS or options["working"]
        try:
            hashed_storage.collect()
            self._load(is_shared=options["processes"] > 1)
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(
                f"{problem.filename} に書けません({problem.strerror})。TODOKE_VAR の持ち主を確かめてください。"
            ) from problem
        reset_in_children()
        if options["worker"]:
            Supervisor("worker").start()
        if options["metrics_port"]:
            Supervisor("metrics", "--port", str(options["metrics_port"])).start()
        bind_children(options["processes"], settings.VAR)
        Granian(
            f"{APPLICATION}:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["processes"],
            blocking_threads=settings.WORKING_THREADS * THREADS_PER_WORKING,
            backlog=2048,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_FINISH,
            log_level=LogLevels.warning,
        ).serve()

    def _load(self, *, is_shared: bool) -> None:
        """Load the application before the fork, and its pages where several processes share them; close connections."""
        application = import_module(APPLICATION)
        if is_shared:
            application.load_pages()
        connections.close_all()
        prepare_fork()
