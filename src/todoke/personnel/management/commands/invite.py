"""``./todoke invite``: register one person in a post and print the page on which they choose a first password."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from todoke.organization.models import Post
from todoke.personnel.operator_invitation import invite_person
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "職員を一人登録して招待します。はじめのシステム管理担当に使い、あとの職員は画面で名簿から登録します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="ADDRESS", help="メールアドレス")
        parser.add_argument(
            "--role", required=True, choices=Post.Role.values, help="役割(システム管理担当は administrator)"
        )
        parser.add_argument("--name", required=True, metavar="氏名", help="氏名")
        parser.add_argument("--department", required=True, metavar="名称", help="部署の名称(なければ作ります)")
        parser.add_argument("--code", required=True, metavar="番号", help="部署コード")
        parser.add_argument("--title", default="主任", metavar="職名", help="職名(初期値 主任)")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("email", "name", "role", "department", "code", "title")
        try:
            url = invite_person(**{name: options[name] for name in names})
        except ValidationError as wrong:
            raise CommandError("\n".join(wrong.messages)) from wrong
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{options['name']}さんを登録しました。次のページで、はじめのパスワードを決めます(14日間、1回だけ)。\n{url}\n"
            "同じアドレスにメールも送ります(ワーカーが動いているとき)。"
        )
