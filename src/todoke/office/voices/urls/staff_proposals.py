"""URLs of 職員提案."""

from django.urls import path

from todoke.office.voices.views import proposal_reviews, staff_proposals

ONE = "<serial:call>/<serial:number>/"
urlpatterns = [
    path("", staff_proposals.show_list, name="staff-proposals"),
    path("preparation/", staff_proposals.preparation, name="staff-proposal-preparation"),
    path("mine/<slug:token>/", staff_proposals.mine, name="my-proposal"),
    path("mine/<slug:token>/withdrawal/", staff_proposals.withdrawal, name="my-proposal-withdrawal"),
    path("statements/<int:pk>/", proposal_reviews.statement, name="proposal-statement"),
    path("<serial:call>/", staff_proposals.show, name="staff-proposal-call"),
    path("<serial:call>/entry/", staff_proposals.entry, name="staff-proposal-entry"),
    path("<serial:call>/lots/", staff_proposals.lots, name="staff-proposal-lots"),
    path(ONE, proposal_reviews.show, name="staff-proposal"),
    path(f"{ONE}acceptance/", proposal_reviews.acceptance, name="staff-proposal-acceptance"),
    path(f"{ONE}refusal/", proposal_reviews.refusal, name="staff-proposal-refusal"),
    path(f"{ONE}inquiry/", proposal_reviews.inquiry, name="staff-proposal-inquiry"),
    path(f"{ONE}agenda/", proposal_reviews.agenda, name="staff-proposal-agenda"),
    path(f"{ONE}verdict/", proposal_reviews.verdict, name="staff-proposal-verdict"),
    path(f"{ONE}completion/", proposal_reviews.completion, name="staff-proposal-completion"),
    path(f"{ONE}measurement/", proposal_reviews.measurement, name="staff-proposal-measurement"),
    path(f"{ONE}seal/", proposal_reviews.seal, name="staff-proposal-seal"),
]
