"""``./todoke demo``: build the demo ward on this machine once and serve it; the data is kept between runs."""

import os
import shutil
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from todoke.demo import connected_services, people, providers, ward
from todoke.demo.processes import PORT, base_url, is_port_taken, running_processes
from todoke.runtime.build_identity import difference
from todoke.runtime.static_files import hashed_storage

ROOM_NEEDED = 300 * 1024 * 1024


class Command(BaseCommand):
    help = "デモの区を作り、サーバーとワーカーを起動します。"
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=PORT, help=f"使うポート番号(初期値 {PORT})")
        parser.add_argument("--reset", action="store_true", help="これまでのデモを消して、始めから作り直します")
        parser.add_argument("--build-only", action="store_true", help="作るだけで、起動しません")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not options["build_only"] and is_port_taken(port):
            raise CommandError(f"ポート {port} は使われています。「./todoke demo --port {port + 1}」をお試しください。")
        settings.VAR.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(settings.VAR).free < ROOM_NEEDED:
            raise CommandError(
                "ディスクの空きが 300MB より少なくなっています。空きを作ってから、もう一度お試しください。"
            )
        if options["reset"]:
            self._clear()
        hashed_storage.collect()
        if difference():
            call_command("migrate", verbosity=0)
        built = ward.is_built()
        if not built:
            self._build()
        if not options["build_only"]:
            self._serve(port) if built else self._start_again(port)

    def _clear(self) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("--reset は、デモ用の SQLite でだけ使えます。")
        connection.close()
        for name in ("todoke.sqlite3", "todoke.sqlite3-wal", "todoke.sqlite3-shm"):
            (settings.VAR / name).unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    def _build(self) -> None:
        began = time.monotonic()
        for step in ward.build():
            self.stdout.write(f"  {time.monotonic() - began:5.1f} 秒  {step}")
        self.stdout.write(f"デモの区ができました({time.monotonic() - began:.1f} 秒)。")

    def _start_again(self, port: int) -> None:
        """Replace this process by one that only serves, without the memory that building the ward took."""
        self.stdout.flush()
        connection.close()
        os.execv(sys.executable, [sys.executable, "-m", "todoke", "demo", "--port", str(port)])  # noqa: S606 - this program

    def _serve(self, port: int) -> None:
        providers.follow_port(port)
        connected_services.follow_port(port)
        with running_processes(port) as processes:
            try:
                self._introduce(port)
                while all(process.is_alive() for process in processes):
                    time.sleep(0.5)
            except KeyboardInterrupt:
                self.stdout.write("終了しています。入力された内容は保存されています。")

    def _introduce(self, port: int) -> None:
        address = base_url(port)
        for label, path in (("住民", "/"), ("職員", "/office/"), ("設計", "/studio/"), ("本部", "/board/")):
            self.stdout.write(f"{label}のページ  {address}{path}")
        for service_port, service in connected_services.known(port):
            self.stdout.write(f"{service.name}  {base_url(service_port)}/")
        self.stdout.write(f"\nデモの人々(架空。合言葉はすべて {people.PASSWORD} ):")
        for person in people.PEOPLE:
            self.stdout.write(f"  {person.email:28} {person.name}  {person.duty}")
        self.stdout.write("\n終えるときは Ctrl+C を押してください。次に起動したときも、続きから使えます。")
        self.stdout.flush()
