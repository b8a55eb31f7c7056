"""``./todoke administrator``: register the first system administrator, who registers everybody else on the pages."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from todoke.continuity.first_administrator import register_first_administrator
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "最初のシステム管理担当を登録します。あとの職員は、この人が画面で登録します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="メールアドレス")
        parser.add_argument("--name", required=True, help="氏名")
        parser.add_argument("--department", required=True, metavar="名称", help="部署の名称(なければ作ります)")
        parser.add_argument("--code", required=True, metavar="番号", help="部署の番号")
        parser.add_argument("--title", default="主任", metavar="職名", help="職名(初期値 主任)")

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass.getpass("はじめの合言葉: ")
        try:
            validate_email(options["email"])
            validate_password(password)
            register_first_administrator(
                email=options["email"], name=options["name"], password=password, title=options["title"],
                department=options["department"], code=options["code"],
            )  # fmt: skip
        except ValidationError as wrong:
            raise CommandError("\n".join(wrong.messages)) from wrong
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{options['name']}さんを登録しました。ログインして、部署、職位、在任を画面で登録してください。"
        )
