"""./todoke mailed_links: print what every mailed link may do (docs/reference/mailed-links.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from todoke.notices.link_table import link_page


class Command(BaseCommand):
    help = "メールで送るリンクの一覧(用途・期間・できること)を Markdown で書き出します。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(link_page(), ending="")
