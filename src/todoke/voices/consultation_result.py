"""Consultation result 結果の公表: what is still missing, the approval of all answers at once, and the publication."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.audit.log import lock_subject, record, subject_of
from todoke.audit.transitions import transition
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotYet, Refused
from todoke.voices.arrival import Standing
from todoke.voices.consultation_counts import counts_of
from todoke.voices.follower_queue import PUBLISHED, queue_news, queue_result
from todoke.voices.models import Consultation, OfficialResponse


@dataclass(frozen=True)
class MissingPart:
    """足りないもの: what keeps a result from publication, how many, and the page on which it is put right."""

    said: str
    number: int
    link: str


def missing_answers(of: Consultation) -> list[MissingPart]:
    """Return what is missing before the answers can go to approval."""
    opinions, answers = path_to("office:consultation-opinions", of.number), path_to("office:answers-table", of.number)
    changed = of.groups.filter(response__kind=OfficialResponse.Kind.CHANGED, response__changes=None)
    parts = [
        MissingPart("期限内か判断が要る受付", of.receipts.standing(Standing.UNDECIDED).count(),
                    path_to("office:consultation-receipts", of.number)),
        MissingPart("まとまりに入っていない意見", of.points.counted().filter(group=None).count(), opinions),
        MissingPart("区の考え方のないまとまり", of.groups.filter(response=None).count(), answers),
        MissingPart("案を直していない「修正」のまとまり", changed.count(),
                    path_to("office:consultation-text", of.number)),
    ]  # fmt: skip
    return [each for each in parts if each.number]


def missing_parts(of: Consultation) -> list[MissingPart]:
    """Return what is missing before the result can be published, by name."""
    unsettled = OfficialResponse.objects.filter(group__consultation=of, settled_at=None).count()
    parts = [
        MissingPart("二人目が確かめていない意見", of.comments.counted().unchecked().count(),
                    path_to("office:consultation-comments", of.number)),
        MissingPart("決裁が済んでいない区の考え方", unsettled, path_to("office:answers-table", of.number)),
    ]  # fmt: skip
    return [*missing_answers(of), *(each for each in parts if each.number)]


def dossier_of(of: Consultation) -> dict[str, Any]:
    """Return what the deciders read: the counts, every group with its answer, and every changed clause."""
    responses = OfficialResponse.objects.filter(group__consultation=of).select_related("group").order_by("group")
    counts = counts_of(of)
    return {
        "意見募集": {"案": of.title, "番号": of.number, "期間": f"{of.opens_on}から{of.closes_on}まで"},
        "件数": {"提出した人": counts.people, "受付": counts.arrivals, "意見": counts.opinions},
        "区の考え方": [
            {"意見の要旨": each.group.summary, "種類": each.get_kind_display(), "区の考え方": each.text}
            for each in responses
        ]
        or "意見はありませんでした",
        "案の修正": [
            {"段落": str(each), "公示した案": each.before.body if each.before else "",
             "決定する案": each.after.body if each.after else ""}
            for each in of.changes.select_related("before", "after")
        ]
        or "ありません",
    }  # fmt: skip


@transaction.atomic
def propose_answers(of: Consultation, *, by: User) -> Proposal:
    """起案: send all answers and changes to approval. Raises NotAllowed, NotYet, Refused."""
    of.require_running(by)
    of.require_status(Consultation.Status.ANSWERING)
    _require_nothing(missing_answers(of))
    if of.route is None:
        raise NotYet("決裁ルートが決まっていません。", link=path_to("office:consultation-correction", of.number))
    rows = OfficialResponse.objects.filter(group__consultation=of)
    open_one = Proposal.objects.filter(pk__in=rows.values("proposal"), settled_at=None).first()
    if open_one is not None and open_one.status == Proposal.Status.CIRCULATING:
        raise Refused("もう決裁に回っています。", link=path_to("office:proposal", open_one.number))
    if open_one is not None and open_one.drafter_id == by.pk:
        open_one.resubmit(dossier=dossier_of(of), by=by)
        proposal = open_one
    else:
        title = f"「{of.title}」への意見と区の考え方について"
        proposal = Proposal.open(route=of.route, title=title, dossier=dossier_of(of), by=by, department=of.department)
    rows.update(proposal=proposal, settled_at=None)
    record(of, "区の考え方の起案", by=by, after={"起案": proposal.number})
    return proposal


@transaction.atomic
def settle_answers(proposal: Proposal, *, by: Actor) -> int:
    """決裁: the answers of an approved proposal count from now; return how many."""
    return OfficialResponse.objects.filter(proposal=proposal, settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def publish_result(of: Consultation, *, words: str = "", by: User) -> int:
    """結果の公表: publish opinions, answers and the changed draft, and have everybody told who left an address.

    Returns how many those are; the mails are written in the background.

    Raises NotAllowed, NotYet with the first missing part, Conflict where somebody was first.
    """
    of.require_running(by)
    lock_subject(subject_of(of))
    _require_nothing(missing_parts(of))
    now = timezone.now()
    if not transition(of, Consultation.Status.PUBLISHED, published_at=now, ending_words=words):
        raise Conflict("ほかの人が先に公表したか、いまの状態では公表できません。", link=of.office_page())
    record(of, "結果の公表", by=by, after={"状態": of.status})
    queue_news(of, PUBLISHED)
    return queue_result(of)


def _require_nothing(missing: list[MissingPart]) -> None:
    if missing:
        first = missing[0]
        others = f"(ほかに{len(missing) - 1}種類)" if len(missing) > 1 else ""
        raise NotYet(f"{first.said}が{first.number:,}件あります{others}。", link=first.link)
