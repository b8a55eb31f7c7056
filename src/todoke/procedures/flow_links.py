"""Links of a procedure 手続とのつながり: which procedure a flow or a survey is about."""

from django.db import transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.flows.models import ExperienceSurvey, Flow, FlowQuerySet
from todoke.procedures.models import Procedure, ProcedureFlow, ProcedureSurvey


@transaction.atomic
def link_flow(flow: Flow, procedure: Procedure | None, *, by: Actor) -> None:
    """業務フローの手続: say which procedure a flow shows, or none; one audit entry. A copy speaks for its origin."""
    origin, before = flow.origin or flow, procedure_of_flow(flow)
    if procedure is None:
        ProcedureFlow.objects.filter(flow=origin).delete()
    else:
        ProcedureFlow.objects.update_or_create(flow=origin, defaults={"procedure": procedure})
    log.record(
        origin, "業務フローの手続", by=by, before={"手続": str(before or "")}, after={"手続": str(procedure or "")}
    )


@transaction.atomic
def link_survey(survey: ExperienceSurvey, procedure: Procedure | None, *, by: Actor) -> None:
    """調査の手続: say in which procedure a survey was walked, or none; one audit entry."""
    before = procedure_of_survey(survey)
    if procedure is None:
        ProcedureSurvey.objects.filter(survey=survey).delete()
    else:
        ProcedureSurvey.objects.update_or_create(survey=survey, defaults={"procedure": procedure})
    log.record(survey, "調査の手続", by=by, before={"手続": str(before or "")}, after={"手続": str(procedure or "")})


def procedure_of_flow(flow: Flow) -> Procedure | None:
    """Return the procedure that a flow or its origin shows."""
    found = ProcedureFlow.objects.filter(flow=flow.origin_id or flow.pk).select_related("procedure").first()
    return found.procedure if found else None


def procedure_of_survey(survey: ExperienceSurvey) -> Procedure | None:
    """Return the procedure of a survey: its own, else that of the one it repeats, else that of its flow."""
    asked = [pk for pk in (survey.pk, survey.before_id) if pk]
    links = ProcedureSurvey.objects.filter(survey__in=asked).select_related("procedure")
    own = sorted(links, key=lambda link: asked.index(link.survey_id))
    if own:
        return own[0].procedure
    return procedure_of_flow(survey.flow) if survey.flow else None


def flows_of(procedure: Procedure) -> FlowQuerySet:
    """Return the flows of a procedure, as they are and to be, the latest saved first, without their documents."""
    about = Q(procedure_link__procedure=procedure) | Q(origin__procedure_link__procedure=procedure)
    return Flow.objects.filter(about).order_by("-edited_at").defer("document")
