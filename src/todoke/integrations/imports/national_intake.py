"""National intake 国の窓口からの受付: an application of the national portal becomes one case, and its state goes back.

Every step may be done again: an application is kept once by its number, becomes one case by the retry key of the
partner, and a state is set before it is noted as set.
"""

import hashlib
from functools import reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.cases.models.status import Channel
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.submission_errors import SubmissionIncomplete
from todoke.integrations.imports.column_mappings import mapping_for, release_of
from todoke.integrations.imports.imported_rows import chosen_targets, row_of
from todoke.integrations.imports.national_portal import (
    STATES,
    ApplicationPortal,
    PortalApplication,
    PortalFolder,
    read_application,
)
from todoke.integrations.models import ColumnMapping, MachineAccount, NationalApplication, Partner
from todoke.integrations.sent_applications import SentApplication, SentFile, accept_once
from todoke.offers.models import Offer
from todoke.runtime.refusals import NotAllowed, NotYet, Refused, Unreadable

FOLDER, BY = "national", System("国の窓口")
NO_OFFER = "手続のコードに当たる、こちらの手続が決まっていません。"
NO_COLUMNS = "項目の行き先が決まっていません。"
MOVED = reduce(or_, (Q(case__status=status) & ~Q(told=state) for status, state in STATES.items()))
"""Whose case stands otherwise than the national portal was told last."""


def exchange() -> None:
    """Take what came and set back what moved, where the operator named a folder of the national portal."""
    if settings.NATIONAL_FOLDER:
        portal = PortalFolder(Path(settings.NATIONAL_FOLDER))
        take_applications(portal)
        return_states(portal)


def take_applications(portal: ApplicationPortal) -> None:
    """Keep every new application, and make a case of each that nothing keeps from it; idempotent."""
    known = set(NationalApplication.objects.values_list("number", flat=True))
    for number in portal.numbers():
        if number not in known:
            _keep(number, portal.read(number))
    for row in NationalApplication.objects.waiting().order_by("pk"):
        take(row)


def _keep(number: str, content: bytes) -> None:
    """Keep an application as it came, with its hash; one that cannot be read waits for a person too."""
    code, title, waits = "", "", NO_OFFER
    try:
        found = read_application(content, number=number)
        code, title = found.code, found.title
    except Unreadable as problem:
        waits = str(problem)
    stored = default_storage.save(f"{FOLDER}/{get_random_string(32)}.json", ContentFile(content))
    facts = {"code": code, "title": title, "path": stored, "sha256": hashlib.sha256(content).hexdigest()}
    _, is_new = NationalApplication.objects.get_or_create(number=number, defaults={**facts, "waits_for": waits})
    if not is_new:
        default_storage.delete(stored)


def take(row: NationalApplication) -> None:
    """Make a case of an application, or note what a person has to decide first; idempotent."""
    try:
        with transaction.atomic():
            case, _ = accept_once(*_sent(row), key=f"国 {row.number}")
            if compare_and_set(row, {"case": None}, case=case, waits_for=""):
                log.record(row, "国の窓口の申請の受付", by=BY, after={"受付番号": case.number})
    except SubmissionIncomplete as refused:
        named = "、".join(f"{problem.question}: {problem.message}" for problem in refused.problems[:5])
        compare_and_set(row, {"case": None}, waits_for=f"回答が様式に合いません。{named}"[:500])
    except Refused as refused:
        compare_and_set(row, {"case": None}, waits_for=str(refused)[:500])


def try_again(row: NationalApplication, *, by: User) -> None:
    """Try once more, by a person's word, to make a case of an application (再試行)."""
    log.record(row, "国の窓口の申請の再試行", by=by)
    take(row)


def _kept(row: NationalApplication) -> PortalApplication:
    """Return an application as it was kept. Raises Unreadable."""
    try:
        with default_storage.open(row.path) as stored:
            return read_application(stored.read(), number=row.number)
    except OSError as problem:
        raise Unreadable("届いたままのファイルがありません。システムの運用者に知らせてください。") from problem


def _sent(row: NationalApplication) -> tuple[MachineAccount, SentApplication]:
    """Return who hands the application in, and what. Raises Refused with what a person has to decide."""
    found = _kept(row)
    mapping = mapping_of(row.code)
    if mapping is None:
        raise NotYet(NO_OFFER)
    mapping = mapping_for(mapping.offer, mapping.source, mapping.code, _headings(found), release_of(mapping.offer))
    if mapping.decided_at is None:
        raise NotYet(NO_COLUMNS)
    partner = Partner.objects.filter(
        channel=Channel.NATIONAL, department=mapping.offer.department_id, status=Partner.Status.APPROVED
    ).first()  # fmt: skip
    if partner is None:
        raise NotYet(
            f"受付経路が「ぴったりサービス」の連携先が、{mapping.offer.department}にありません。登録してください。"
        )
    row_read = row_of(1, found.items, chosen_targets(mapping))
    if row_read.unfit:
        raise Unreadable("、".join(f"「{heading}」: {problem}" for heading, problem in row_read.unfit))
    reason = f"国の窓口で受け付けた({row.number})"
    files = _files(found, mapping)
    sent = SentApplication(mapping.offer.code, row_read.answers, files, found.received_at, reason)
    return partner.machine_in_use(), sent


def _files(found: PortalApplication, mapping: ColumnMapping) -> tuple[SentFile, ...]:
    """Return the attached files for the questions of files of the form. Raises Unreadable for one without a place."""
    document = release_of(mapping.offer).form_version.parsed
    places = {
        question.label: question.id for _, _, question in document.by_id.values() if question.kind is QuestionKind.FILE
    }
    lost = next((each.item for each in found.files if each.item not in places), None)
    if lost is not None:
        raise Unreadable(f"書類「{lost}」を添える設問が、こちらの様式にありません。同じ名前の設問を加えてください。")
    return tuple(
        SentFile(places[each.item], 0, each.name, hashlib.sha256(each.content).hexdigest(), each.content)
        for each in found.files
    )


def _headings(found: PortalApplication) -> list[str]:
    return list(found.items)


def mapping_of(code: str) -> ColumnMapping | None:
    """Return where the applications of a national code go."""
    found = ColumnMapping.objects.filter(source=ColumnMapping.Source.NATIONAL, code=code)
    return found.select_related("offer__department").order_by("pk").first() if code else None


@transaction.atomic
def choose_offer(row: NationalApplication, offer: Offer, *, by: User) -> ColumnMapping:
    """Decide which procedure here the code of an application means (手続のコードの対応). Raises NotAllowed."""
    if not NationalApplication.objects.visible_to(by).filter(pk=row.pk).exists() or not row.code:
        raise NotAllowed("この申請の手続を決められるのは、システム管理担当です。")
    found = _kept(row)
    made = mapping_for(offer, ColumnMapping.Source.NATIONAL, row.code, _headings(found), release_of(offer))
    log.record(made, "手続のコードの対応", by=by, after={"手続": offer.code, "コード": row.code})
    return made


def return_states(portal: ApplicationPortal) -> int:
    """Set back the state of every case that moved since; return how many."""
    count = 0
    for row in NationalApplication.objects.filter(MOVED).select_related("case").iterator():
        assert row.case is not None, "the query asks for its status"
        state = STATES[row.case.status]
        portal.set_state(row.number, state)
        compare_and_set(row, {"told": row.told}, told=state, told_at=timezone.now())
        log.record(row, "国の窓口への状態の返送", by=BY, after={"状態": state})
        count += 1
    return count
