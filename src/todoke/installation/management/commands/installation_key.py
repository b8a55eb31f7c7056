"""``./todoke installation_key``: print the public key that other municipalities take in by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from todoke.design.municipality import municipality
from todoke.runtime.installation_key import public_key


class Command(BaseCommand):
    help = "この団体の公開の鍵を表示します。ほかの団体は、電話などで確かめてから TODOKE_PEERS に書きます。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{municipality().name}={public_key()}")
