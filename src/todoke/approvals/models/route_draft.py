"""Route drafts 決裁ルートの案: approval rules being edited before they are published."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from todoke.accounts.models import User
from todoke.approvals.approval_rules import ApprovalRules, DecisionClassRule
from todoke.approvals.models.route import Route, RouteVersion
from todoke.approvals.permissions import EDIT_ROUTES
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotAllowed, Refused


def _only_keepers(by: User) -> None:
    if not EDIT_ROUTES.held_by(by):
        raise NotAllowed("決裁ルートを書けるのは、推進本部事務局と文書法規担当だけです。")


@transaction.atomic
def create_route(*, code: str, name: str, by: User) -> Route:
    """Create a route without a version (決裁ルートの登録). Raises ValidationError for a code that exists."""
    _only_keepers(by)
    made = Route(code=code, name=name)
    made.full_clean()
    made.save()
    record(made, "決裁ルートの登録", by=by, after={"コード": code, "名称": name})
    return made


class RouteDraft(models.Model):
    """決裁ルートの案: the next version of a route while it is being edited; one at a time."""

    route = models.OneToOneField(Route, models.PROTECT, related_name="draft", verbose_name="決裁ルート")
    document = models.JSONField("定め")
    revision = models.PositiveIntegerField("書いた回数", default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="最後に書いた人")
    written_at = models.DateTimeField("最後に書いた日時", auto_now=True)

    class Meta:
        verbose_name = "決裁ルートの案"

    def __str__(self) -> str:
        return f"{self.route.name}の案"

    @classmethod
    @transaction.atomic
    def begin(cls, route: Route, *, by: User) -> "RouteDraft":
        """Create the draft as a copy of the newest version (案の作成). Raises Refused when there is one already."""
        _only_keepers(by)
        newest = route.versions.order_by("-starts_on").first()
        document = (newest.rules() if newest else ApprovalRules()).document()
        made, new = cls.objects.get_or_create(route=route, defaults={"document": document, "written_by": by})
        if not new:
            said = "この決裁ルートには、書きかけの案があります。それを続けるか、取りやめてください。"
            raise Refused(said, link=path_to("office:route-draft", route.code))
        record(route, "決裁ルートの案の作成", by=by)
        return made

    @property
    def rules(self) -> ApprovalRules:
        """Return the draft as plain data."""
        return ApprovalRules.of(self.document)

    def problems(self) -> list[str]:
        """Return in Japanese what prevents publishing."""
        rules = self.rules
        if not rules.decision_classes:
            return ["専決区分が一つもありません。"]
        codes = {stop.department for rule in rules.decision_classes for stop in rule.stops if stop.department}
        unknown = codes - set(Department.objects.filter(code__in=codes).values_list("code", flat=True))
        gone = [f"部署コード {code} の部署がありません。" for code in sorted(unknown)]
        return [*gone, *(f"{defect.place}: {defect.problem}。" for defect in rules.defects())]

    def _write(self, decision_classes: list[DecisionClassRule], act: str, *, seen: int, by: User, **facts: Any) -> None:
        """Write the decision classes if the draft still is what was read."""
        _only_keepers(by)
        document = ApprovalRules(decision_classes).document()
        if not compare_and_set(self, {"revision": seen}, document=document, revision=seen + 1, written_by=by):
            raise Refused("ほかの人が先に案を書き換えました。画面を開き直して、もう一度書いてください。")
        record(self.route, act, by=by, after=facts)
        self.refresh_from_db()

    @transaction.atomic
    def save_decision_class(self, place: int, rule: DecisionClassRule, *, seen: int, by: User) -> None:
        """Write a decision class (専決区分の記入) at its place, counted from 1; 0 or one beyond the last appends it."""
        decision_classes = list(self.rules.decision_classes)
        if 1 <= place <= len(decision_classes):
            decision_classes[place - 1] = rule
        else:
            decision_classes.append(rule)
        self._write(decision_classes, "専決区分の記入", seen=seen, by=by, 根拠条項=rule.basis, 順序=place)

    @transaction.atomic
    def remove_decision_class(self, place: int, *, seen: int, by: User) -> None:
        """Remove a decision class from the draft (専決区分の削除)."""
        decision_classes = [rule for number, rule in enumerate(self.rules.decision_classes, 1) if number != place]
        self._write(decision_classes, "専決区分の削除", seen=seen, by=by, 順序=place)

    @transaction.atomic
    def discard(self, *, by: User) -> None:
        """Delete the draft (案の取りやめ); the version in force stays."""
        _only_keepers(by)
        record(self.route, "決裁ルートの案の取りやめ", by=by)
        self.delete()

    @transaction.atomic
    def publish(self, *, starts_on: date, basis: str, seen: int, by: User) -> RouteVersion:
        """Publish what was seen as the version in force from a future day (決裁ルートの公開).

        Four eyes: raises NotAllowed to whoever wrote last, Refused for a day that is not ahead or a draft that changed.
        """
        _only_keepers(by)
        if self.written_by_id == by.pk:
            raise NotAllowed("公開は、案を最後に書いた人とは別の人が、内容を確かめて行います。")
        if starts_on <= today():
            raise Refused(f"適用開始日は、あす({today() + timedelta(days=1)})以降の日にしてください。")
        if self.route.versions.filter(starts_on__gte=starts_on).exists():
            raise Refused("この日以降に始まる版が、すでに公開されています。それより後の日にしてください。")
        if problems := self.problems():
            raise ValidationError(problems)
        if not RouteDraft.objects.filter(pk=self.pk, revision=seen).delete()[0]:
            raise Refused("確かめた後に案が書き換えられました。もう一度確かめてから公開してください。")
        return self.route.publish(self.rules, starts_on=starts_on, basis=basis, by=by)
