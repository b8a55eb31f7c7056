"""``./todoke handover out|in|status``: parcels go over a one-way line as files in a folder, without a browser."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.models import User
from todoke.integrations.handover import drop_folder
from todoke.integrations.models import HandoverLine
from todoke.runtime.refusals import Refused

ACTS: dict[str, Callable[..., Iterator[str]]] = {"out": drop_folder.send, "in": drop_folder.receive}


class Command(BaseCommand):
    help = "引渡しの便を、画面を使わずに、受渡しの置き場(TODOKE_HANDOVER_FOLDER)へ書き出し、そこから取り込みます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=[*ACTS, "status"], help="out: 渡す / in: 受け取る / status: 待っているもの")
        parser.add_argument("--by", metavar="メール", help="運ぶ人(システム管理担当)のメールアドレス。記録に残ります")
        parser.add_argument("--line", metavar="名前", help="経路の名前(空けると、すべての経路)")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = HandoverLine.objects.select_related("partner__department").order_by("name")
        if options["line"]:
            lines = lines.filter(name=options["line"])
        if not lines:
            raise CommandError("引渡しの経路がありません。連携先のページで登録してください。")
        refused = [line for line in lines if not self._acted(line, options)]
        if refused:
            raise CommandError(f"できなかった経路があります: {'、'.join(map(str, refused))}")

    def _acted(self, line: HandoverLine, options: dict[str, Any]) -> bool:
        """Do what was asked on a line and say so; False where it was refused, so that the next line still goes."""
        try:
            for said in self._steps(line, options):
                self.stdout.write(said)
        except (Refused, OSError) as problem:
            self.stderr.write(f"{line}: {problem}")
            return False
        return True

    def _steps(self, line: HandoverLine, options: dict[str, Any]) -> Iterator[str]:
        if options["act"] == "status":
            return drop_folder.told(line)
        by = User.objects.filter(email__iexact=options["by"] or "", is_active=True).first()
        if by is None:
            raise CommandError("--by に、運ぶ人(システム管理担当)のメールアドレスを書いてください。")
        return ACTS[options["act"]](line, by=by)
