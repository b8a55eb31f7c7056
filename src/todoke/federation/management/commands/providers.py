"""``./todoke providers FILE``: registers or changes the identity providers of a TOML file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.federation.provider_files import read_providers
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "認証元を設定ファイル(TOML)から登録し、変わったものを直します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in read_providers(options["file"], by=System()):
                self.stdout.write(line)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        except (Refused, OSError) as problem:
            raise CommandError(str(problem)) from None
