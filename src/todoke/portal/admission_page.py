"""Admission page 利用調整のページ: what a family sees of one of its children; nothing of any other family."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from todoke.admissions.models import ApplicantChild, CorrectedPlacement, Placement, PlacementLetter, SelectionRound
from todoke.admissions.models.selection_round import PUBLIC
from todoke.admissions.selection.family_reasons import reason_sentence
from todoke.admissions.selection.placement_letters import contact_of
from todoke.admissions.selection.scores import stored_score
from todoke.portal.forms.admissions import PARTIAL, SAME, AnswerForm, SiblingsForm, WishesForm


@dataclass(frozen=True)
class PointLine:
    """点数の内訳の行: about whom, the row of the criteria, and its points."""

    who: str
    label: str
    points: int


@dataclass(frozen=True)
class WishLine:
    """希望の行: a wish with what became of it."""

    rank: int
    name: str
    won: bool
    said: str


def is_told(of: SelectionRound) -> bool:
    """Whether the families were told the result."""
    return of.status in PUBLIC


def point_lines(child: ApplicantChild) -> list[PointLine]:
    """Return the child's own points line by line."""
    labels = child.round.rule_version.rules.row_labels()
    who = _("保護者%(number)s")
    return [
        PointLine(
            who % {"number": line.guardian} if line.guardian else _("ご家庭・お子さん"),
            labels.get(line.row, ""),
            line.points,
        )
        for line in child.score_lines.all()
    ]


def placement_of(child: ApplicantChild) -> Placement | None:
    """Return the result of a child once its family was told; None before."""
    found: Placement | None = getattr(child, "placement", None)
    return found if is_told(child.round) else None


def wish_lines(child: ApplicantChild, placement: Placement | None) -> list[WishLine]:
    """Return the wishes, each with its reason once the result is told."""
    said = {each["facility"]: each for each in (placement.reasons if placement else [])}
    contact = contact_of(child.round.scheme)
    found = list[WishLine]()
    for wish in child.preferences.select_related("facility"):
        reason = said.get(wish.facility.code)
        won = placement is not None and placement.facility_id == wish.facility_id
        found.append(WishLine(wish.rank, wish.facility.name, won, reason_sentence(reason, contact) if reason else ""))
    return found


def letters_of(placement: Placement | None) -> list[PlacementLetter]:
    """Return the letters that were sent about a child."""
    return list(placement.letters.exclude(sent_at=None)) if placement else []


def correction_of(child: ApplicantChild) -> CorrectedPlacement | None:
    """Return the newest correction of a child's result of which its family was told; None without one."""
    rows = CorrectedPlacement.objects.filter(child=child, told_at__isnull=False)
    return rows.select_related("after").order_by("-pk").first()


def child_context(child: ApplicantChild, **forms: Any) -> dict[str, Any]:
    """Return the context of a child's page; ``forms`` are those that were refused and stand filled in."""
    home, placement = child.household, placement_of(child)
    siblings = home.children.applying().exclude(pk=child.pk).exists()
    context: dict[str, Any] = {
        "child": child,
        "round": child.round,
        "score": stored_score(child),
        "lines": point_lines(child),
        "wishes": wish_lines(child, placement),
        "placement": placement,
        "told": is_told(child.round),
        "letters": letters_of(placement),
        "correction": correction_of(child),
        "contact": contact_of(child.round.scheme),
        "same": SAME[home.Same(home.same)] if siblings else "",
        "partial": PARTIAL[home.Partial(home.partial)] if siblings else "",
    }
    if child.round.takes_wishes:
        context["wishes_form"] = WishesForm(child=child)
        context["siblings_form"] = SiblingsForm(household=home) if siblings else None
    if placement and placement.status == Placement.Status.OFFERED:
        context["answer_form"] = AnswerForm()
    return context | forms
