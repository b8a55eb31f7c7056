"""./todoke permissions: print who may do what (docs/reference/permissions.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from todoke.organization.permission_table import permission_page


class Command(BaseCommand):
    help = "権限の一覧(役割と行為の表)を Markdown で書き出します。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(permission_page(), ending="")
