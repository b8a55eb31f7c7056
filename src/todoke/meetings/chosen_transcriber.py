"""Chosen transcriber 使う部品: which engine hears recordings here, what pages say of it, and its work within limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from todoke.file_validation.bounded_read import ReadLimits, read_watched
from todoke.meetings.speech.engines.audio_chunks import AudioChunk, CutRecording
from todoke.meetings.speech.engines.command_engine import CommandTranscriber
from todoke.meetings.speech.engines.rehearsed_speech import LABEL, RehearsedTranscriber, rehearsed_cut
from todoke.meetings.speech.engines.spoken_segments import Transcriber, Transcription
from todoke.meetings.speech.engines.whisper_engine import (
    NOT_INSTALLED,
    cut_recording,
    is_installed,
    whisper_transcription,
)
from todoke.meetings.speech.engines.whisper_weights import MODEL_SHA256, assemble, check
from todoke.runtime.refusals import Refused

NONE = "文字起こしの部品を使っていません。文字起こしのファイルを取り込むか、録音を聞きながら書いてください。"
UNKNOWN = "TODOKE_TRANSCRIBER の「{given}」は分かりません(none、rehearsal、faster-whisper:、command: のどれか)。"
WHISPER, COMMAND, REHEARSAL, OFF = "faster-whisper", "command", "rehearsal", "none"
TOO_LONG = (
    "録音を{seconds}秒で聞き終わらなかったので、打ち切りました。何も変わっていません。"
    "録音を分けて、もう一度お試しください。"
)
LIMITS = ReadLimits(seconds=6 * 3_600, megabytes=1_500, too_long=TOO_LONG)
CUT_LIMITS = ReadLimits(seconds=1_500, megabytes=700, too_long=TOO_LONG)
CHUNK_LIMITS = ReadLimits(seconds=1_200, megabytes=1_500, too_long=TOO_LONG)
"""One job must end before a worker gives it up."""
Watch = Callable[[int, int], bool]


@dataclass(frozen=True)
class ChosenTranscriber:
    """使う部品: its name ("" for none), what a page says of it, and the SHA-256 of its model ("" where unknown)."""

    name: str
    said: str
    model_sha256: str = ""

    @property
    def is_rehearsal(self) -> bool:
        """Whether it only says what was prepared."""
        return self.name == REHEARSAL


def model_folder() -> Path:
    """Return where the weights lie: the folder of the setting, or the one of this installation."""
    given = settings.TRANSCRIBER.partition(":")[2]
    return Path(given) if given and _kind() == WHISPER else Path(settings.VAR) / "models" / "whisper-base"


def _kind() -> str:
    return str(settings.TRANSCRIBER).partition(":")[0] or OFF


def chosen_transcriber() -> ChosenTranscriber:
    """Return the engine in use, by ``TODOKE_TRANSCRIBER``; computes nothing. Raises Refused for an unknown one."""
    kind = _kind()
    if kind == OFF:
        return ChosenTranscriber("", NONE)
    if kind == REHEARSAL:
        return ChosenTranscriber(REHEARSAL, LABEL)
    if kind == COMMAND:
        name = CommandTranscriber(settings.TRANSCRIBER.partition(":")[2]).name
        return ChosenTranscriber(COMMAND, f"庁内のプログラム({name})")
    if kind != WHISPER:
        raise Refused(UNKNOWN.format(given=settings.TRANSCRIBER))
    if not is_installed():
        return ChosenTranscriber("", NOT_INSTALLED)
    return ChosenTranscriber(WHISPER, f"Whisper base(faster-whisper {version('faster-whisper')})", MODEL_SHA256)


def said_transcriber() -> ChosenTranscriber:
    """Return the engine in use as pages name it; where the setting names an unknown one, none and why."""
    try:
        return chosen_transcriber()
    except Refused as refusal:
        return ChosenTranscriber("", str(refusal))


def require_transcriber() -> ChosenTranscriber:
    """Return the engine in use, its weights assembled and checked. Raises Refused where there is none that can work."""
    chosen = chosen_transcriber()
    if not chosen.name:
        raise Refused(chosen.said)
    if chosen.name == WHISPER:
        prepare_weights()
    return chosen


def prepare_weights() -> None:
    """Assemble the weights where they are not there, else check them. Raises Refused."""
    folder = model_folder()
    if (folder / "model.bin").exists():
        check(folder)
    else:
        assemble(folder)


def check_weights() -> None:
    """Check the weights. Raises Refused with the file that is missing or another one."""
    check(model_folder())


def cut(audio: Path, sha256: str, folder: Path, watch: Watch) -> CutRecording:
    """Cut a recording at pauses into chunks for the engine in use, their sounds written into a folder.

    Without the extra, a program of the municipality hears the whole as one chunk. Raises Refused, Unreadable,
    Cancelled.
    """
    chosen = require_transcriber()
    if chosen.is_rehearsal:
        return rehearsed_cut(sha256)
    if not is_installed():
        return CutRecording(None, (AudioChunk(0, 0),))
    return read_watched(CUT_LIMITS, watch, cut_recording, str(audio), str(folder))


def transcription(
    audio: Path, terms: Sequence[str] = (), watch: Watch = lambda done, whole: True, limits: ReadLimits = LIMITS
) -> Transcription:
    """Return what the engine in use hears in a recording. ``watch`` hears seconds and returns False to stop.

    Whisper runs in a process of its own, under limits. Raises Refused without an engine, Unreadable without audio,
    Cancelled.
    """
    chosen = require_transcriber()
    if chosen.name == WHISPER:
        return read_watched(limits, watch, whisper_transcription, str(model_folder()), str(audio), tuple(terms))
    engine: Transcriber = RehearsedTranscriber()
    if chosen.name == COMMAND:
        engine = CommandTranscriber(settings.TRANSCRIBER.partition(":")[2], seconds=limits.seconds, watch=watch)
    segments = tuple(engine.segments(audio, terms=terms, progress=lambda seconds: None))
    return Transcription(engine.name, engine.version, engine.model_sha256, None, segments)
