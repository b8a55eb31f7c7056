"""Voice chain 声のゆくえ: the hops from a public voice to what it led to, each with the page on which it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from todoke.japanese.calendar import format_date
from todoke.meetings.models import Commitment, Meeting
from todoke.plans.models import Indicator, Plan
from todoke.runtime.links import path_to
from todoke.voices.models import (
    CommentGroup,
    Consultation,
    Idea,
    OfficialResponse,
    StaffProposal,
    TextChange,
    TraceLink,
)

LISTED = 50
RELATED = ("change__after", "change__before", "commitment__meeting", "measure", "indicator__measure__plan", "flow",
           "round_row__sheet__department")  # fmt: skip


@dataclass(frozen=True)
class ChainHop:
    """つながりの一つ: what it is called, its words, whether it was reached, and the page on which it stands, or ""."""

    kind: str
    words: str
    state: str = ""
    page: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class VoiceChain:
    """声のゆくえ: the hops of one voice in their order."""

    title: str
    page: str
    hops: tuple[ChainHop, ...]


@dataclass(frozen=True)
class Share:
    """割合: a numerator of a denominator, each in words."""

    name: str
    number: int
    whole: int
    of: str


def page_of(kind: str, pk: int) -> str:
    """Return the path of the page of a chain."""
    return path_to("portal:voice", kind, pk)


def voice_chain(kind: str, pk: int) -> VoiceChain | None:
    """Return the chain of a public voice; None for one that is not public."""
    if kind == "opinion":
        return _of_group(pk)
    if kind == "idea":
        return _of_idea(pk)
    if kind == "proposal":
        return _of_proposal(pk)
    return None


def _links(**source: int) -> tuple[ChainHop, ...]:
    order = {"change": 0, "commitment": 1, "measure": 2, "indicator": 3, "round_row": 4, "flow": 5}
    found = sorted(
        TraceLink.objects.filter(**source).select_related(*RELATED), key=lambda each: order[each.target_name]
    )
    return tuple(_hop(each) for each in found)


def _hop(link: TraceLink) -> ChainHop:
    target = link.target
    state = {True: "到達", False: "これから", None: ""}[link.reached]
    if isinstance(target, Commitment):
        if not public_commitment(target):
            return ChainHop("約束(会議の宿題)", "会議録が確定してから載せます", anchor=f"commitment-{target.pk}")
        page = path_to("board:council-commitment", target.number)
        return ChainHop("約束(会議の宿題)", target.what, target.get_status_display(), page, f"commitment-{target.pk}")
    if isinstance(target, Indicator) and target.measure.plan.status != Plan.Status.DRAFT:
        page = path_to("board:council-indicator", target.code)
        return ChainHop("指標", _measured(target), state, page, f"indicator-{target.pk}")
    if isinstance(target, TextChange):
        page = path_to("portal:consultation-result", target.consultation.number)
        return ChainHop("案の修正", str(target), "決定", f"{page}#change-{target.clause.key}", f"change-{target.pk}")
    return ChainHop(link.kind, str(target), state)


def public_commitment(commitment: Commitment) -> bool:
    """Whether the record of the meeting that made a promise is confirmed."""
    return commitment.meeting.status == Meeting.Status.RECORDED


def _measured(indicator: Indicator) -> str:
    last = indicator.actuals.exclude(value=None).order_by("-on").first()
    said = f"{last.value}{indicator.get_unit_display()}({format_date(last.on)})" if last else "実績はまだありません"
    return f"{indicator.name}: {said}"


def _of_group(pk: int) -> VoiceChain | None:
    public = CommentGroup.objects.filter(consultation__status=Consultation.Status.PUBLISHED)
    group = public.select_related("consultation", "response").filter(pk=pk).first()
    if group is None:
        return None
    result = path_to("portal:consultation-result", group.consultation.number)
    opinions = group.points.counted().count()
    hops = [
        ChainHop(
            "意見", f"{group.summary}({opinions}件)", group.consultation.title, f"{result}#group-{group.pk}", "opinion"
        )
    ]
    response: OfficialResponse | None = getattr(group, "response", None)
    if response is not None:
        hops.append(
            ChainHop("区の考え方", response.text, response.get_kind_display(), f"{result}#group-{group.pk}", "answer")
        )
        hops += [_changed(each) for each in response.changes.select_related("after", "before", "consultation")]
    return VoiceChain(group.summary, page_of("opinion", pk), (*hops, *_links(group=pk)))


def _changed(change: TextChange) -> ChainHop:
    result = path_to("portal:consultation-result", change.consultation.number)
    return ChainHop("案の修正", str(change), "決定", f"{result}#change-{change.clause.key}", f"change-{change.pk}")


def _of_idea(pk: int) -> VoiceChain | None:
    idea = Idea.objects.shown().select_related("challenge").filter(pk=pk).first()
    if idea is None:
        return None
    first = ChainHop(
        "投稿", idea.text, idea.get_feedback_display(), path_to("portal:challenge", idea.challenge_id), "idea"
    )
    steps = tuple(ChainHop("回答", each.text, each.get_to_display()) for each in idea.steps.all() if each.text)
    return VoiceChain(idea.text[:60], page_of("idea", pk), (first, *steps, *_links(idea=pk)))


def _of_proposal(pk: int) -> VoiceChain | None:
    told = [StaffProposal.Status.ADOPTED, StaffProposal.Status.DONE, StaffProposal.Status.MEASURED]
    proposal = StaffProposal.objects.filter(status__in=told, pk=pk).first()
    if proposal is None:
        return None
    hops = [ChainHop("職員提案", proposal.title, proposal.get_status_display(), anchor="proposal")]
    for each in proposal.measurements.all():
        note = "実測・参考" if each.is_for_reference else "実測"
        hops.append(ChainHop("効果", f"一年に{each.hours:,}時間", note))
    return VoiceChain(proposal.title, page_of("proposal", pk), (*hops, *_links(staff_proposal=pk)))


def sources_of(target: models.Model) -> list[tuple[str, str]]:
    """Return the public voices that led to a thing: the words and the page of each chain; one query."""
    name = {"textchange": "change", "roundrow": "round_row"}.get(
        str(target._meta.model_name), str(target._meta.model_name)
    )
    rows = TraceLink.objects.filter(**{name: target}).select_related("group__consultation", "idea", "staff_proposal")
    return list(_public_sources(rows))


def _public_sources(rows: Iterable[TraceLink]) -> Iterable[tuple[str, str]]:
    for each in rows:
        if each.group is not None and each.group.consultation.status == Consultation.Status.PUBLISHED:
            yield each.group.summary, page_of("opinion", each.group.pk)
        elif each.idea is not None and each.idea.status == Idea.Status.SHOWN:
            yield each.idea.text[:60], page_of("idea", each.idea.pk)
        elif each.staff_proposal is not None and each.staff_proposal.status in {"adopted", "done", "measured"}:
            yield each.staff_proposal.title, page_of("proposal", each.staff_proposal.pk)


def recent_chains() -> list[tuple[str, str, str]]:
    """Return kind, words and page of the newest linked voices, each once; one query."""
    found: dict[str, tuple[str, str, str]] = {}
    rows = TraceLink.objects.select_related("group__consultation", "idea", "staff_proposal").order_by("-made_at", "-pk")
    for each in rows[: LISTED * 4]:
        for words, page in _public_sources([each]):
            found.setdefault(page, (str(each.source._meta.verbose_name), words, page))
    return list(found.values())[:LISTED]


def shares() -> list[Share]:
    """Return the four shares: answered, changed, promised and measured, with their denominators; six queries."""
    groups = CommentGroup.objects.filter(consultation__status=Consultation.Status.PUBLISHED)
    whole = groups.count()
    answered = groups.filter(response__settled_at__isnull=False)
    changed = answered.filter(response__changes__isnull=False).distinct().count()
    promised = groups.filter(links__commitment__isnull=False).distinct().count()
    measured = groups.filter(links__indicator__actuals__value__isnull=False).distinct().count()
    of = "結果を公表した意見のまとまり"
    return [
        Share("答えた", answered.count(), whole, of), Share("案を直した", changed, whole, of),
        Share("会議の約束になった", promised, whole, of), Share("指標で測った", measured, whole, of),
    ]  # fmt: skip
