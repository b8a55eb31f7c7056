"""Invariants 不変条件: what must hold in the store after any crash, checked against the residents' own journal."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from todoke.audit import chain
from todoke.audit.models import Entry
from todoke.cases.models import Case
from todoke.formbuilder.models import Answer, Upload
from todoke.payments.models import Charge, LedgerLine
from todoke.proving import service


def check(journal: Path, mails: Path) -> Iterator[str]:
    """Yield every break of an invariant, in words that name it."""
    facts = [json.loads(line) for line in journal.read_text().splitlines()]
    cases = defaultdict(list)
    for case in Case.objects.select_related("submission"):
        cases[case.submission.token].append(case)
    yield from _receipts(facts, cases)
    yield from _answers(facts, cases)
    yield from _files()
    yield from _mails(facts, mails)
    yield from _audit()
    yield from _money()


def _receipts(facts: list[dict[str, str]], cases: dict[str, list[Case]]) -> Iterator[str]:
    for fact in facts:
        if fact["what"] == "acknowledged":
            numbers = [case.number for case in cases.get(fact["draft"], [])]
            if numbers != [fact["number"]]:
                yield f"I1 {fact['canary']}: 受付番号 {fact['number']} を返したが、記録は {numbers or 'なし'}"
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
        typed = service.answers(fact["canary"])
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


def _mails(facts: list[dict[str, str]], mails: Path) -> Iterator[str]:
    ids: dict[str, set[str]] = defaultdict(set)
    for line in mails.read_text().splitlines():
        mail: dict[str, Any] = json.loads(line)
        ids[mail["to"]].add(mail["id"])
    known = set()
    for fact in facts:
        if fact["what"] == "acknowledged":
            address = f"{fact['canary']}@proof.example"
            known.add(address)
            if len(ids.get(address, ())) != 1:
                yield f"I5 {fact['canary']}: 受付の通知が {len(ids.get(address, ()))} 通"
    names = set(Case.objects.values_list("applicant_email", flat=True))
    yield from (f"I5 {address}: 申請がないのに通知が届いた" for address in ids.keys() - known - names)


def _audit() -> Iterator[str]:
    yield from (f"I8 {found.subject} {found.sequence}: {found.problem}" for found in chain.verify())
    received = Counter(Entry.objects.filter(act="受付").values_list("subject", flat=True))
    for case in Case.objects.only("pk"):
        count = received.get(chain.subject_of(case), 0)
        if count != 1:
            yield f"I8 案件 {case.pk}: 受付の監査記録が {count} 件"


def _money() -> Iterator[str]:
    if LedgerLine.total():
        yield f"I6 台帳の合計が {LedgerLine.total()} 円"
    alone = Charge.objects.filter(case__isnull=True).count()
    if alone:
        yield f"I6 案件のない調定が {alone} 件"
    without = Case.objects.filter(charge__isnull=True).count()
    if without:
        yield f"I6 調定のない案件が {without} 件"
