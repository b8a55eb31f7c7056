"""The way of one procedure 手続の歩み: list → judge → rank → flow → improve → publish → measure, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.flows.models import ExperienceSurvey, Improvement
from todoke.insights.volumes import yearly_totals
from todoke.japanese.calendar import today
from todoke.offers.models import Release
from todoke.offers.permissions import MANAGE_OFFER
from todoke.organization.permissions import entrances
from todoke.procedures import flow_links
from todoke.procedures.models import Procedure
from todoke.roadmaps.placement import Placement, placement_of
from todoke.roadmaps.ranking_inputs import CountSource

DESIGN = "studio"
"""The entrance of the pages of designers."""
Link = tuple[str, str]


@dataclass(frozen=True)
class Stage:
    """歩みの一段: its name, whether it is done, its state in words, pages about it, and the step that comes next."""

    name: str
    done: bool
    state: str
    links: Sequence[Link] = ()
    step: Link | None = None


@dataclass
class ProcedureLoop:
    """手続の歩み: the stages of one procedure as a person sees them."""

    procedure: Procedure
    user: User
    taken: bool
    stages: list[Stage] = field(default_factory=list)

    def __post_init__(self) -> None:
        placement = placement_of(self.procedure)
        self.stages = [
            self._listed(placement), self._judged(), self._ranked(placement), self._drawn(), self._improved(),
            self._published(), self._measured(),
        ]  # fmt: skip

    @property
    def next(self) -> Stage | None:
        """The first stage that is not done and whose step the person may take; after the last the loop begins anew."""
        waiting = [each for each in self.stages if not each.done]
        if waiting:
            return next((each for each in waiting if each.step), None)
        again = self._survey("もう一度、窓口体験調査をする")
        return Stage("実績", False, "ひとまわりしました。", step=again) if again else None

    def _listed(self, placement: Placement) -> Stage:
        number, may = self.procedure.number, self.procedure.can_edit(self.user)
        counted = placement.source == CountSource.OWN
        step: Link | None = None
        if may and self.procedure.department is None:
            step = ("所管部署を決める", reverse("office:procedure-edit", args=[number]))
        elif may and not counted:
            step = ("区の件数を書く", reverse("office:procedure-addition", args=[number, "volumes"]))
        count = f"1年に{placement.total:,}件({placement.source})" if placement.total is not None else "件数は不明"
        state = f"{self.procedure.department or '所管は未定'}、{count}"
        return Stage("台帳", counted and self.procedure.department is not None, state, step=step)

    def _judged(self) -> Stage:
        reviews = list(self.procedure.reviews.all())
        decided = sum(bool(each.decision) for each in reviews)
        judged = self.procedure.judgements.in_force().exists()
        said = f"見直し {len(reviews)}件のうち{decided}件を決定" if reviews else "見直しは未記入"
        done = decided == len(reviews) and bool(self.taken or judged or reviews)
        links = [(each.what, reverse("office:review", args=[each.number])) for each in reviews[:5]]
        step: Link | None = None
        if self.procedure.can_edit(self.user):
            open_one = next((each for each in reviews if not each.decision), None)
            to = ("office:review", open_one.number) if open_one else ("office:review-addition", self.procedure.number)
            step = ("見直しを決める" if open_one else "見直しを書く", reverse(to[0], args=[to[1]]))
        return Stage("判断", done, f"{said}、区の判断は{'あり' if judged else '未記入'}", links, step)

    def _ranked(self, placement: Placement) -> Stage:
        address = reverse("board:priorities")
        if self.procedure.department:
            address += f"?{urlencode({'department': self.procedure.department.code})}"
        links, state = [("優先順位", address)], placement.exclusion
        if placement.place is not None:
            state = f"{placement.among:,}件のうち{placement.place:,}位"
        item = placement.item
        if item:
            when = item.roadmap.quarter_label(item.quarter) if item.quarter is not None else "時期は未定"
            state += f"、導入計画では{when}"
            links.append((str(item.roadmap), reverse("board:roadmap", args=[item.roadmap.code])))
        step = ("導入計画に入れるかを決める", reverse("board:roadmaps"))
        return Stage("優先順位", bool(item or self.taken or placement.exclusion), state, links, step)

    def _drawn(self) -> Stage:
        self.flows = list(flow_links.flows_of(self.procedure))
        links = [(str(each), reverse("studio:flow", args=[each.number])) for each in self.flows]
        query = urlencode({"procedure": self.procedure.number, "title": self.procedure.title[:120]})
        step = ("業務フローを書く", f"{reverse('studio:flow-library')}?{query}")
        state = f"業務フロー {len(self.flows)}つ" if self.flows else "業務フローはまだありません"
        return Stage("業務フロー", bool(self.flows), state, links, step)

    def _improved(self) -> Stage:
        surveys = list(ExperienceSurvey.objects.filter(procedure_link__procedure=self.procedure))
        links = [(str(each), reverse("studio:survey", args=[each.number])) for each in surveys] if self._designs else []
        found = Improvement.objects.filter(step__survey__in=surveys)
        waiting, whole = found.filter(status=Improvement.Status.OPEN).count(), found.count()
        plans = [each for each in self.flows if each.origin_id]
        said = [f"見直し案 {len(plans)}つ" if plans else "見直し案はまだありません"]
        walked = f"窓口体験調査 {len(surveys)}回、課題 {whole}件のうち{waiting}件が取組中"
        said.append(walked if surveys else "窓口体験調査はまだありません")
        step = self._survey("窓口体験調査を始める")
        if self.flows and not plans:
            step = ("見直し案を作る", reverse("studio:flow", args=[self.flows[0].number]))
        return Stage("改善", bool(plans) or (bool(surveys) and whole > 0 and not waiting), "、".join(said), links, step)

    def _published(self) -> Stage:
        offers = list(self.procedure.offers.all())
        releases = Release.objects.filter(offer__in=offers).select_related("offer", "form_version__draft")
        last = releases.order_by("-published_at").first()
        links = [(f"受付「{each}」", reverse("studio:offer", args=[each.code])) for each in offers]
        if not last:
            library = f"{reverse('studio:form-library')}?number={self.procedure.number}"
            links.append(("台帳の項目から様式の案を作る", library))
        if last:
            draft = last.form_version.draft
            links.append((f"様式「{draft}」", reverse("studio:form", args=[draft.code])))
        step: Link | None = (
            "この手続をオンラインにする",
            f"{reverse('studio:offer-addition')}?number={self.procedure.number}",
        )
        if offers and not self.taken:
            step = ("条件を決めて公開する", reverse("studio:offer", args=[offers[0].code]))
        if not MANAGE_OFFER.held_by(self.user, self.procedure.department):
            step = None
        state = "オンラインで受け付けています" if self.taken else "紙だけで受け付けています"
        return Stage("公開", self.taken, state, links if self._designs else (), step)

    def _measured(self) -> Stage:
        one = Procedure.objects.filter(pk=self.procedure.pk)
        online, whole = yearly_totals(one, today())
        cases = Case.objects.filter(release__offer__procedure=self.procedure)
        waiting = cases.open().count() if self.taken else 0
        share = f"、うちオンライン {online:,}件({online / whole * 100:.1f}%)" if whole else ""
        state = f"今年度 {whole:,}件{share}、処理中の案件 {waiting:,}件"
        links = [("オンライン化の割合", reverse("board:rates"))]
        links += [
            ("案件の一覧", f"{reverse('office:inbox')}?{urlencode({'offer': each.code})}")
            for each in self.procedure.offers.all()
        ]
        return Stage("実績", self.taken and whole > 0, state, links[1:], links[0])

    @cached_property
    def _designs(self) -> bool:
        return entrances()[DESIGN].held_by(self.user)

    def _survey(self, said: str) -> Link | None:
        query = urlencode({"procedure": self.procedure.number, "title": self.procedure.title[:120]})
        return (said, f"{reverse('studio:surveys')}?{query}#begin") if self._designs else None
