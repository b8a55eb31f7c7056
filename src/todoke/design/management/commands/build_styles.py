"""``./todoke build_styles``: write the stylesheet from its parts."""

from typing import Any

from django.core.management.base import BaseCommand

from todoke.design.stylesheet import STYLESHEET, assemble


class Command(BaseCommand):
    help = "部品のCSSを一つのスタイルシートにまとめます。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        STYLESHEET.write_text(assemble(), encoding="utf-8")
        self.stdout.write(f"{STYLESHEET.name}: {STYLESHEET.stat().st_size:,} bytes")
