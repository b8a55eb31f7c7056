"""Crash points 停止点: places between two steps of a transaction at which a process can be made to die.

The product holds nothing of this: known functions are wrapped when a proof starts it. The file ``armed`` lists the
points; the first process that passes one deletes the file and dies there. ``TODOKE_CRASH_AT`` arms one at start.
"""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.approvals.models import Proposal
from todoke.audit import checkpoints
from todoke.cases import intake
from todoke.cases.letters import render
from todoke.formbuilder.models import Submission, Upload, upload
from todoke.jobs import worker
from todoke.jobs.models import Job
from todoke.notices import outbox
from todoke.notices.channels.email_channel import EmailChannel
from todoke.notices.models import Delivery
from todoke.payments import collection
from todoke.payments.providers.simulator import Simulator
from todoke.procedures.imports import import_runs as imports
from todoke.procedures.imports import importer
from todoke.voices.models import CommentReceipt, Timeliness

BEFORE, AFTER = "before", "after"
POINTS: dict[str, tuple[Any, str, str]] = {
    "draft.saved": (Submission, "save_page_with_journey", AFTER),
    "upload.file-written": (upload, "store_file", AFTER),
    "upload.row-written": (Upload, "create_from", AFTER),
    "submit.before-the-case": (intake, "_write", BEFORE),
    "submit.after-the-case": (intake, "_write", AFTER),
    "submit.after-the-number": (intake, "charge_of", BEFORE),
    "submit.before-the-mail": (outbox, "enqueue", BEFORE),
    "submit.before-commit": (intake, "_accept", AFTER),
    "submit.after-commit": (intake, "accept", AFTER),
    "payment.before-asking": (Simulator, "begin", BEFORE),
    "payment.answered": (Simulator, "begin", AFTER),
    "payment.looked-up": (Simulator, "fetch_outcome", AFTER),
    "notice.verified": (collection, "handle_event", BEFORE),
    "notice.before-commit": (collection, "_apply", AFTER),
    "notice.after-commit": (collection, "handle_event", AFTER),
    "approval.claimed": (Proposal, "_claim", AFTER),
    "approval.before-commit": (Proposal, "_advance", AFTER),
    "approval.after-commit": (Proposal, "approve", AFTER),
    "letter.printed": (render, "render_letter", AFTER),
    "letter.before-commit": (render, "notify_applicant", BEFORE),
    "letter.after-commit": (render, "render_to_file", AFTER),
    "job.taken": (worker, "perform", BEFORE),
    "job.before-done": (Job, "finish", BEFORE),
    "mail.before-handing": (EmailChannel, "send", BEFORE),
    "mail.handed": (EmailChannel, "send", AFTER),
    "mail.marked": (Delivery, "mark_sent", AFTER),
    "import.checked": (imports, "preview_file", AFTER),
    "import.row": (importer, "_run", BEFORE),
    "import.before-commit": (imports, "import_file", AFTER),
    "import.after-commit": (imports, "execute", AFTER),
    "anchor.written": (checkpoints, "write", AFTER),
    "opinion.before-judging": (Timeliness, "judge", BEFORE),
    "opinion.before-commit": (Timeliness, "judge", AFTER),
    "opinion.after-commit": (CommentReceipt, "receive", AFTER),
}


def armed_file() -> Path:
    """Path of the file that lists the armed points."""
    return Path(settings.VAR) / "armed"


def deaths_file() -> Path:
    """Path of the file that lists the points at which processes died."""
    return Path(settings.VAR) / "deaths"


def arm(name: str) -> None:
    """Make the next process that passes this point die there. Raises KeyError for an unknown point."""
    POINTS[name]
    armed_file().write_text(name)


def _die_if_armed(name: str) -> None:
    try:
        if name not in armed_file().read_text().split():
            return
        armed_file().unlink()
    except FileNotFoundError:
        return
    with deaths_file().open("a") as file:
        file.write(f"{name}\n")
    os._exit(137)


def _guarded(name: str, when: str, act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def passing(*args: Any, **kwargs: Any) -> Any:
        if when == BEFORE:
            _die_if_armed(name)
        found = act(*args, **kwargs)
        if when == AFTER:
            _die_if_armed(name)
        return found

    return passing


def install() -> None:
    """Wrap every function that has a crash point."""
    for name, (owner, attribute, when) in POINTS.items():
        found = vars(owner)[attribute]
        if isinstance(found, classmethod):
            setattr(owner, attribute, classmethod(_guarded(name, when, found.__func__)))
        else:
            setattr(owner, attribute, _guarded(name, when, found))
    if first := os.environ.get("TODOKE_CRASH_AT"):
        arm(first)
