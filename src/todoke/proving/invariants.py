"""Invariants 不変条件: what must hold in the stored data after any crash, checked against the residents' journal."""

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.core.files.storage import default_storage
from django.db.models import Count

from todoke.approvals.models import Proposal
from todoke.audit import log
from todoke.audit.models import Entry
from todoke.cases.models import Case, Letter
from todoke.continuity.models import Deposit
from todoke.formbuilder.models import Answer, Upload
from todoke.jobs.models import Job
from todoke.jobs.worker import Worker
from todoke.notices.models import Message
from todoke.payments import checkout
from todoke.payments.models import Attempt, Charge, LedgerLine, Receipt
from todoke.payments.providers.interface import ProviderDown
from todoke.payments.providers.registry import provider
from todoke.procedures.models import Procedure
from todoke.proving import service
from todoke.proving.voice_proof import opinion_check

T = TypeVar("T")
PATIENCE, REST_WITHIN = 20, 60.0


def finish_pending_jobs() -> None:
    """Run the jobs that a killed worker left, so that slowness is not reported as loss."""
    deadline = time.monotonic() + REST_WITHIN
    open_jobs = Job.objects.filter(status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    while time.monotonic() < deadline and open_jobs.exists():
        Worker(lease=timedelta(seconds=3), until_idle=True).run()
        time.sleep(0.2)


def check(journal: Path, mails: Path) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    facts = [json.loads(line) for line in journal.read_text().splitlines()]
    cases = defaultdict(list)
    for case in Case.objects.select_related("submission"):
        cases[case.submission.token].append(case)
    yield from _receipts(facts, cases)
    yield from _answers(facts, cases)
    yield from _files()
    yield from _letters()
    yield from _mails(mails)
    yield from _money(facts)
    yield from _decisions(facts)
    yield from _audit()
    yield from _imports(facts)
    yield from opinion_check.check(facts)


def _receipts(facts: list[dict[str, str]], cases: dict[str, list[Case]]) -> Iterator[str]:
    for fact in facts:
        if fact["what"] == "acknowledged":
            numbers = [case.number for case in cases.get(fact["draft"], [])]
            if numbers != [fact["number"]]:
                yield f"I1 {fact['canary']}: 受付番号 {fact['number']} を返したが、記録は {numbers or 'なし'}"
        if fact["what"] == "deposited":
            found = Deposit.objects.filter(number=fact["number"], case__submission__token=fact["draft"]).count()
            if found != 1 or len(cases.get(fact["draft"], [])) != 1:
                yield f"I1 {fact['canary']}: 預り番号 {fact['number']} が取り込まれていない"
    applicants = Counter(case.applicant_name for found in cases.values() for case in found)
    yield from (f"I2 {name}: 同じ人の申請が {count} 件" for name, count in applicants.items() if count > 1)
    issued = Counter(case.number for found in cases.values() for case in found)
    yield from (f"I9 受付番号 {number} が {count} 件" for number, count in issued.items() if count > 1)


def _answers(facts: list[dict[str, str]], cases: dict[str, list[Case]]) -> Iterator[str]:
    kept: dict[str, str] = defaultdict(str)
    for token, value in Answer.objects.values_list("submission__token", "value"):
        kept[token] += str(value)
    for fact in facts:
        if fact["what"] != "acknowledged" or fact["draft"] not in cases:
            continue
        typed = service.resident_answers(fact["canary"])
        wanted = [typed["person"]["place"], typed["person"]["applicant__given"], typed["rest"]["remark"]]
        missing = [text for text in wanted if text not in kept[fact["draft"]]]
        if missing:
            yield f"I3 {fact['canary']}: 回答が欠けているか変わっている {missing}"


def _files() -> Iterator[str]:
    for upload in Upload.objects.all():
        if not default_storage.exists(upload.path):
            yield f"I4 添付 {upload.pk}: ファイルがない"
            continue
        with default_storage.open(upload.path) as file:
            if hashlib.sha256(file.read()).hexdigest() != upload.sha256:
                yield f"I4 添付 {upload.pk}: 内容が違う"


def _letters() -> Iterator[str]:
    """Each decision has its letter, and the PDF has the recorded hash."""
    for letter in Letter.objects.select_related("case"):
        if not letter.is_ready:
            yield f"I4 通知書 {letter.case.number}: できていない {letter.problem}"
        elif not default_storage.exists(str(letter.file.name)):
            yield f"I4 通知書 {letter.case.number}: ファイルがない"
        elif hashlib.sha256(letter.file.read()).hexdigest() != letter.sha256:
            yield f"I4 通知書 {letter.case.number}: 内容が違う"


def _mails(mails: Path) -> Iterator[str]:
    """Each message arrived under its own Message-ID and no other; no mail tells of something that did not happen."""
    arrived = {json.loads(line)["id"].strip("<>").partition("@")[0] for line in mails.read_text().splitlines() if line}
    written = dict(Message.objects.values_list("token", "code"))
    yield from (f"I5 通知 {token[:6]}({written[token]}): 届いていない" for token in written.keys() - arrived)
    yield from (f"I5 通知 {token[:6]}: 記録にない通知が届いた" for token in arrived - written.keys())
    told = Counter(Message.objects.filter(code="case-received").values_list("about", flat=True))
    for case in Case.objects.only("pk", "number"):
        if told.get(f"cases.case/{case.pk}", 0) != 1:
            yield f"I5 案件 {case.number}: 受付の通知が {told.get(f'cases.case/{case.pk}', 0)} 通"


def _audit() -> Iterator[str]:
    yield from (f"I8 {found.subject} {found.sequence}: {found.problem}" for found in log.verify())
    received = Counter(Entry.objects.filter(act="受付").values_list("subject", flat=True))
    for case in Case.objects.only("pk"):
        count = received.get(log.subject_of(case), 0)
        if count != 1:
            yield f"I8 案件 {case.pk}: 受付の監査記録が {count} 件"


def _patiently(ask: Callable[[], T]) -> T:
    """Repeat a question to the provider when it times out."""
    for _ in range(PATIENCE):
        try:
            return ask()
        except ProviderDown:
            time.sleep(1)
    return ask()


def _money(facts: list[dict[str, str]]) -> Iterator[str]:
    """After polling every open payment: what the provider captured equals what the ledger holds."""
    for attempt in Attempt.objects.waiting():
        _patiently(partial(checkout.poll, attempt))
    taken = {fact["key"] for fact in facts if fact["what"] == "paid"}
    captured = set(Attempt.objects.filter(status=Attempt.Status.CAPTURED).values_list("key", flat=True))
    yield from (f"I6 支払 {key[:6]}: 決済されたのに記録がない" for key in taken - captured)
    for attempt in Attempt.objects.select_related("charge__receipt"):
        look_up = provider(attempt.provider).fetch_outcome
        found = _patiently(partial(look_up, key=attempt.key, reference=attempt.reference))
        if (found is not None) != (attempt.key in captured):
            yield f"I6 支払 {attempt.key[:6]}: 決済事業者と記録が食い違う"
    receipts, paid = Receipt.objects.count(), Attempt.objects.filter(key__in=captured).values("charge").distinct()
    if receipts != paid.count():
        yield f"I6 領収 {receipts} 件に対し、決済のある調定が {paid.count()} 件"
    if LedgerLine.total():
        yield f"I6 台帳の合計が {LedgerLine.total()} 円"
    alone = Charge.objects.filter(case__isnull=True).count()
    if alone:
        yield f"I6 案件のない調定が {alone} 件"
    without = Case.objects.filter(charge__isnull=True).count()
    if without:
        yield f"I6 調定のない案件が {without} 件"


def _decisions(facts: list[dict[str, str]]) -> Iterator[str]:
    """One decision for each proposal that was acknowledged as approved, and one outcome for its case."""
    status = dict(Proposal.objects.values_list("number", "status"))
    for fact in facts:
        if fact["what"] == "approved" and status.get(fact["proposal"]) != Proposal.Status.APPROVED:
            yield f"I7 起案 {fact['proposal']}: 承認を返したが、記録は {status.get(fact['proposal'], 'なし')}"
    decided = dict(Proposal.objects.annotate(made=Count("steps__decision")).values_list("pk", "made"))
    for proposal in Proposal.objects.all():
        approved = proposal.status == Proposal.Status.APPROVED
        if decided[proposal.pk] != int(approved):
            yield f"I7 起案 {proposal.number}: 決裁が {decided[proposal.pk]} 件"
        closed = proposal.cases.filter(decided_at__isnull=False).count()
        if closed != int(approved):
            yield f"I7 起案 {proposal.number}: 決定された案件が {closed} 件"


def _imports(facts: list[dict[str, str]]) -> Iterator[str]:
    """An import is stored wholly or not at all."""
    told = {fact["canary"] for fact in facts if fact["what"] == "imported"}
    kept = Counter(
        str(number).partition("-")[0]
        for number in Procedure.objects.filter(national_id__startswith="取込").values_list("national_id", flat=True)
    )
    yield from (f"I10 {name}: {count} 行だけ取り込まれた" for name, count in kept.items() if count != service.ROWS)
    yield from (f"I10 {name}: 取り込んだと示したが、ない" for name in told - kept.keys())
