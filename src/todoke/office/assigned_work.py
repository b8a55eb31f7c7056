"""Assigned work 割り当てられた仕事: what other rooms ask of a person, in a constant number of queries."""

from django.db.models import Q

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.flows.models import Improvement
from todoke.formbuilder.models import FormReview
from todoke.integrations.models import NationalApplication, Parcel, WebhookEndpoint
from todoke.integrations.permissions import CARRY_PARCELS, CONSENT_TO_PARTNER, MANAGE_PARTNERS
from todoke.japanese.calendar import today
from todoke.meetings.models import Commitment
from todoke.meetings.permissions import ANSWER_COMMITMENT
from todoke.offers.models import ReleaseDraft
from todoke.office.attendance.attendance_work import attendance_counts
from todoke.office.automation_work import automation_counts
from todoke.office.devices.device_work import device_counts
from todoke.office.points.point_work import point_counts
from todoke.organization.models import Post, Tenure
from todoke.procedures.models import ListingRequest
from todoke.procedures.permissions import LIST_PROCEDURE
from todoke.rounds import transfers
from todoke.rounds.models import RoundSheet
from todoke.rounds.permissions import TRANSFER_PROCEDURE
from todoke.systems.models import DrillFinding


def assigned_counts(user: User) -> list[tuple[str, int, str, str]]:
    """Return what is asked of a person: label, count, path, and a note; only what waits."""
    held = Tenure.objects.of(user).current()
    own = Q(department__posts__tenures__in=held)
    homework = Commitment.objects.filter(status=Commitment.Status.OPEN)
    homework = homework.filter(department__in=ANSWER_COMMITMENT.departments_by(held))
    sheets = RoundSheet.objects.filter(own, returned_at=None, round__closed_at=None).distinct()
    reviews = FormReview.objects.waiting().exclude(asked_by=user).exclude(draft__edited_by=user)
    if not held.filter(post__role=Post.Role.DESIGNER).exists():
        reviews = reviews.none()
    terms = ReleaseDraft.objects.waiting().for_reviewer(user, held)
    improvements = Improvement.objects.filter(status=Improvement.Status.OPEN, owner__tenures__in=held).distinct()
    findings = DrillFinding.objects.filter(own, closed_on=None).distinct()
    listing = ListingRequest.objects.waiting()
    if not held.filter(post__role__in=LIST_PROCEDURE.roles).exists():
        listing = listing.none()
    elsewhere = transfers.disputed()
    if not TRANSFER_PROCEDURE.held_by(user):
        elsewhere = elsewhere.none()
    told = WebhookEndpoint.objects.stopped()
    if not held.filter(post__role__in=MANAGE_PARTNERS.roles).exists():
        told = told.filter(partner__department__in=CONSENT_TO_PARTNER.departments_by(held))
    parcels = Parcel.objects.without_receipt()
    if not held.filter(post__role__in=CARRY_PARCELS.roles).exists():
        parcels = parcels.none()
    late = homework.filter(due__lt=today()).count()
    found = [
        ("会議の宿題", homework.count(), f"{address('board:commitments')}?mine=1",
         f"うち期限切れ {late}件" if late else "回答するもの"),
        ("手続の棚卸", sheets.count(), address("office:rounds"), "部署の回答を待つもの"),
        ("登録の依頼", listing.count(), address("office:listing-requests"), "台帳に加えるか答えるもの"),
        ("所管を決める手続", elsewhere.count(), address("office:unsettled"), "「ほかの課の手続」と答えられたもの"),
        ("公開前の確認", reviews.count(), address("studio:home"), "ほかの設計担当から頼まれたもの"),
        ("公開版の確認", terms.count(), address("studio:offers"), "手数料・通知書など、公開前に確かめるもの"),
        ("窓口体験調査の課題", improvements.count(), address("studio:improvements"), "自分の職位が担当のもの"),
        ("訓練の指摘", findings.count(), f"{address('board:changes')}#findings", "部署が担当のもの"),
        ("止まった連携先への知らせ", told.distinct().count(), f"{address('office:partners')}?told=stopped",
         "連携先に確かめるもの"),
        ("受領書の届かない引渡しの便", parcels.count(), f"{address('office:parcels')}?receipt=late",
         "相手に届いたかを確かめるもの"),
        ("案件にできない国の窓口の申請", NationalApplication.objects.visible_to(user).waiting().count(),
         f"{address('office:national-applications')}?state=waiting", "手続か項目の行き先を決めるもの"),
        *point_counts(user),
        *attendance_counts(user),
        *device_counts(user),
        *automation_counts(user),
    ]  # fmt: skip
    return [each for each in found if each[1]]
