"""Speech command: ``./todoke verify speech``, and what the proof calls inside its own installation."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from todoke.meetings.speech import transcription_jobs
from todoke.proving.reports import conclude, machine_line
from todoke.proving.speech_proof import speech_run, synthetic_recordings, transcript_check


def add_arguments(acts: Any) -> Any:
    """Add the subcommands to those of ``verify``, and return the parser of the proof."""
    proof = acts.add_parser("speech", help="止めながら録音を文字に起こしても、同じ文字起こしになるか確かめます")
    proof.add_argument("--kills", type=int, default=20)
    proof.add_argument("--transcriber", default="rehearsal", help="文字起こしの部品(TODOKE_TRANSCRIBER の値)")
    proof.add_argument("--recording", type=Path, help="聞かせる録音。なければ、試演のために作ったもの")
    proof.add_argument("--life", type=float, default=speech_run.LONGEST_LIFE, help="止めるまでの長くて何秒か")
    asked = acts.add_parser("speech-request", help="検証用の録音の文字起こしを頼みます")
    asked.add_argument("number", type=int)
    asked.add_argument("recording", type=Path, nargs="?")
    acts.add_parser("speech-state", help="終わっていない文字起こしを数えます")
    checked = acts.add_parser("speech-check", help="検証用の文字起こしを突き合わせます")
    checked.add_argument("kills", type=int)
    return proof


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
    if options["act"] not in ACTS:
        return False
    ACTS[options["act"]](command, options)
    return True


def _request(command: BaseCommand, options: dict[str, Any]) -> None:
    synthetic_recordings.request(options["number"], options["recording"])


def _state(command: BaseCommand, options: dict[str, Any]) -> None:
    command.stdout.write(str(synthetic_recordings.in_hand()))


def _check(command: BaseCommand, options: dict[str, Any]) -> None:
    transcription_jobs.drop_left()
    found = {"counts": transcript_check.counts(), "problems": list(transcript_check.check(options["kills"]))}
    command.stdout.write(json.dumps(found))


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    names = ("database", "kills", "transcriber", "recording", "life", "fault", "seed")
    report = speech_run.run(speech_run.SpeechSettings(**{name: options[name] for name in names}))
    command.stdout.write(machine_line(f"{options['database']}、{options['transcriber']}"))
    counts = "、".join(f"{name} {count:,}" for name, count in report.counts.items())
    command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
    refused = f"破れた条件 {len(report.problems)} 件"
    conclude(
        command, report.problems, refused=refused, clean="違う文字起こし 0、二重の発言 0、止めた回数を超える聞き直し 0"
    )


ACTS: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {
    "speech": _proof,
    "speech-request": _request,
    "speech-state": _state,
    "speech-check": _check,
}
