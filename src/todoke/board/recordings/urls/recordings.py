"""/board/meetings/…/recordings/: recordings of a meeting, their transcripts, and the pieces of those."""

from django.urls import path

from todoke.board.recordings.views import recordings, segments, transcripts

MEETING = "meetings/<slug:code>"
RECORDING = f"{MEETING}/recordings/<serial:number>"
TRANSCRIPT = f"{RECORDING}/transcripts/<serial:transcript>"
SEGMENT = f"{TRANSCRIPT}/segments/<serial:segment>"

urlpatterns = [
    path(f"{MEETING}/terms/", recordings.terms, name="recording-terms"),
    path(f"{MEETING}/recordings/", recordings.index, name="recordings"),
    path(f"{RECORDING}/", recordings.show, name="recording"),
    path(f"{RECORDING}/audio/", recordings.audio, name="recording-audio"),
    path(f"{RECORDING}/typed/", recordings.typed, name="recording-typed"),
    path(f"{RECORDING}/transcription/", recordings.transcription, name="recording-transcription"),
    path(f"{TRANSCRIPT}/", transcripts.show, name="recording-transcript"),
    path(f"{TRANSCRIPT}/addition/", transcripts.addition, name="recording-addition"),
    path(f"{TRANSCRIPT}/speaker/", transcripts.speaker, name="recording-speaker"),
    path(f"{TRANSCRIPT}/spelling/", transcripts.spelling, name="recording-spelling"),
    path(f"{TRANSCRIPT}/retry/", transcripts.retry, name="recording-retry"),
    path(f"{TRANSCRIPT}/cancellation/", transcripts.cancellation, name="recording-cancellation"),
    path(f"{TRANSCRIPT}/confirmation/", transcripts.confirmation, name="recording-confirmation"),
    path(f"{SEGMENT}/", segments.show, name="recording-segment"),
    path(f"{SEGMENT}/hearing/", segments.hearing, name="recording-segment-hearing"),
    path(f"{SEGMENT}/spelling/", segments.spelling, name="recording-segment-spelling"),
    path(f"{SEGMENT}/removal/", segments.removal, name="recording-segment-removal"),
    path(f"{SEGMENT}/split/", segments.split, name="recording-segment-split"),
    path(f"{SEGMENT}/joint/", segments.joint, name="recording-segment-joint"),
]
