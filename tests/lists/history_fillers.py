"""Rows for the lists of what was done 記録: days closed, files disposed of, absences, versions, notices, issues."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import systems
from tests.cast.formbuilder import version
from tests.cast.procedures import procedure
from tests.lists.filling import Filling, Numbers, clerk_alone, secretary_with
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.models import Absence, Delegation, Deputy
from todoke.board.system_lists import IncidentNoticeList
from todoke.flows.models import ExperienceStep, ExperienceSurvey, Improvement, Persona
from todoke.formbuilder.models import FormDraft, FormVersion
from todoke.guidance.models import PlainName, Referral, Synonym
from todoke.office.approvals.absence_lists import AbsenceList, DelegationList, DeputyList
from todoke.office.inventory.year_list import DepartmentVolumeList
from todoke.office.money.day_close_list import DayCloseList
from todoke.office.records.disposal_list import DisposalList
from todoke.organization.models import Post, Tenure
from todoke.payments.models import DayClose, Finding
from todoke.procedures.models import Volume
from todoke.records.models import ClassificationTable, Disposal, RecordFile
from todoke.studio.flow_lists import ImprovementList
from todoke.studio.form_lists import FormVersionList
from todoke.studio.vocabulary_lists import PlainNameList, ReferralList, SynonymList
from todoke.systems.models import Incident, IncidentNotice

DAY = date(2026, 4, 1)


def _treasurer() -> tuple[User, User]:
    by = cast.staff("山口 恵", "t1@example.lg.jp", Post.Role.TREASURER)
    return by, by


def _days(by: User, numbers: Numbers) -> None:
    now = timezone.now()
    for n in numbers:
        close = DayClose.objects.create(
            day=DAY + timedelta(days=n), opened_at=now, matched=n % 3, prepared_at=now if n % 3 else None,
            prepared_by=by if n % 3 else None, signed_at=now if n % 3 == 1 else None,
        )  # fmt: skip
        if n % 4 == 0:
            Finding.objects.create(day_close=close, difference="unknown", reference=f"R{n:03}")


def _disposals(by: User, numbers: Numbers) -> None:
    kind = ClassificationTable.first().lines.first()
    assert kind is not None
    for n in numbers:
        file = RecordFile.objects.create(
            number=f"R-{n:03}", title="件名", kind="届出", outcome="認容", classification=kind,
            department=cast.department(), closed_on=DAY, years=5, start_rule=kind.start_rule,
            starts_on=DAY, expires_on=DAY,
        )  # fmt: skip
        made = Disposal.objects.create(kind=Disposal.Kind.DESTROY if n % 2 else Disposal.Kind.TRANSFER, list_hash="0")
        made.items.create(file=file)


def _absences(by: User, numbers: Numbers) -> None:
    back = timezone.now()
    Absence.objects.bulk_create(
        Absence(
            user=by, starts_on=DAY + timedelta(days=n), ends_on=DAY + timedelta(days=n + 9999 * (n % 2)),
            reason=f"出張{n % 3}", returned_at=back if n % 4 == 3 else None,
        )
        for n in numbers
    )  # fmt: skip


def _delegations(by: User, numbers: Numbers) -> None:
    post, to = Tenure.objects.get(user=by).post, cast.resident("鈴木", f"to{numbers[0]}@example.lg.jp")
    Delegation.objects.bulk_create(
        Delegation(
            post=post, principal=by, delegate=to, starts_on=DAY + timedelta(days=n % 3),
            ends_on=date(2099, 3, 31) if n % 2 else DAY + timedelta(days=3),
        )
        for n in numbers
    )  # fmt: skip


def _deputies(by: User, numbers: Numbers) -> None:
    post = Tenure.objects.get(user=by).post
    for n in numbers:
        other = Post.objects.create(department=post.department, title=f"係長{n:03}", role=Post.Role.CLERK)
        Deputy.objects.create(post=post, deputy=other, order=n + 1)


def _volumes(by: User, numbers: Numbers) -> None:
    for n in numbers:
        section = cast.department(f"課{n:03}", f"80{n:02}")
        for year in (2024, 2025):
            Volume.objects.create(
                procedure=procedure(f"申請{n}{year}", department=section), starts_on=date(year, 4, 1),
                ends_on=date(year + 1, 3, 31), total=n % 4 or None, source="区",
            )  # fmt: skip


def _versions(draft: FormDraft, numbers: Numbers) -> None:
    published = draft.versions.get(number=1)
    FormVersion.objects.bulk_create(
        FormVersion(
            draft=draft, number=n + 2, title=draft.title, document=published.document, hash=published.hash,
            note=f"理由{n % 3}", published_at=timezone.now() + timedelta(days=n % 4),
        )
        for n in numbers
    )  # fmt: skip


def _step(by: User) -> ExperienceStep:
    persona = Persona.objects.create(name="花子", story="母")
    survey = ExperienceSurvey.objects.create(title="転入", persona=persona, scenario="窓口", walked_on=DAY)
    return ExperienceStep.objects.create(survey=survey, place=1, name="番号札を取る")


def _improvements(step: ExperienceStep, numbers: Numbers) -> None:
    owner, now = cast.present(Post.objects.first()), timezone.now()
    for n in numbers:
        made = step.raise_issue(f"案内が遠い{n % 3}", owner=owner, due=DAY + timedelta(days=n % 4), by=System())
        if n > 9 and n % 3 == 0:
            Improvement.objects.filter(pk=made.pk).update(status=Improvement.Status.DONE, settled_at=now)


def _notices(incident: Incident, numbers: Numbers) -> None:
    now = timezone.now()
    for n in numbers:
        sent = n % 4 > 0
        IncidentNotice.objects.create(
            incident=incident, audience=("sections", "public")[n % 2], subject=f"停止しています{n % 3}", body="文",
            status="sent" if sent else "draft", sent_at=now - timedelta(days=n) if sent else None,
        )  # fmt: skip


def _synonyms(by: User, numbers: Numbers) -> None:
    Synonym.objects.bulk_create(Synonym(said=f"言葉{n:02}", means="転入") for n in numbers)


def _plain_names(by: User, numbers: Numbers) -> None:
    PlainName.objects.bulk_create(PlainName(title=f"手続{n:02}", plain=f"呼び名{n % 3}") for n in numbers)


def _referrals(by: User, numbers: Numbers) -> None:
    made = {"said": "税", "place": "税務署", "note": "税務署でします。", "source": "国税通則法"}
    Referral.objects.bulk_create(Referral(title=f"用件{n:02}", ours=n % 2 == 0, **made) for n in numbers)


def _code(draft: FormDraft) -> dict[str, Any]:
    return {"code": draft.code}


HISTORY_FILLINGS = (
    Filling(DayCloseList, _treasurer, _days),
    Filling(DisposalList, clerk_alone, _disposals, section_only=True, most=20),
    Filling(AbsenceList, clerk_alone, _absences, section_only=True),
    Filling(DelegationList, clerk_alone, _delegations, section_only=True),
    Filling(DeputyList, clerk_alone, _deputies, section_only=True),
    Filling(DepartmentVolumeList, clerk_alone, _volumes, most=20),
    Filling(FormVersionList, secretary_with(lambda by: version().draft), _versions, place=_code, most=20),
    Filling(SynonymList, secretary_with(lambda by: by), _synonyms),
    Filling(PlainNameList, secretary_with(lambda by: by), _plain_names),
    Filling(ReferralList, secretary_with(lambda by: by), _referrals),
    Filling(ImprovementList, secretary_with(_step), _improvements),
    Filling(IncidentNoticeList, secretary_with(lambda by: systems.outages(systems.system(), by)[0]), _notices),
)
