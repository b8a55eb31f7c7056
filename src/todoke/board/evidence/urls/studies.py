"""/board/studies/: studies of what a measure changed."""

from django.urls import path

from todoke.board.evidence.views import studies

urlpatterns = [
    path("", studies.index, name="studies"),
    path("registration/", studies.registration, name="studies-registration"),
    path("<str:number>/", studies.show, name="study"),
    path("<str:number>/correction/", studies.correction, name="study-correction"),
    path("<str:number>/submission/", studies.submission, name="study-submission"),
    path("<str:number>/acceptance/", studies.acceptance, name="study-acceptance"),
    path("<str:number>/return/", studies.giving_back, name="study-return"),
    path("<str:number>/plan/", studies.plan, name="study-plan"),
    path("<str:number>/plan-change/", studies.plan_change, name="study-plan-change"),
    path("<str:number>/calculation/", studies.calculation, name="study-calculation"),
    path("<str:number>/agenda/", studies.agenda, name="study-agenda"),
    path("<str:number>/conclusion/", studies.conclusion, name="study-conclusion"),
]
