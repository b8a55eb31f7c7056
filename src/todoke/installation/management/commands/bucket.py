"""``./todoke bucket``: make the bucket of files where it is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.installation.bucket import make_bucket
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "添付の置き場(S3互換)にバケットがなければ作り、版の保存を有効にします。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name = make_bucket()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"置き場 {name} の用意ができています。" if name else "添付は、この機械のフォルダーに置きます。"
        )
