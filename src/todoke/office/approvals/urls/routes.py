"""/office/routes/: approval rules, their versions, and the draft of the next."""

from django.urls import path

from todoke.office.approvals.views import routes

urlpatterns = [
    path("", routes.index, name="routes"),
    path("export/", routes.export, name="routes-export"),
    path("registration/", routes.registration, name="route-registration"),
    path("<slug:code>/", routes.show, name="route"),
    path("<slug:code>/versions/<serial:number>/", routes.version, name="route-version"),
    path("<slug:code>/drafting/", routes.drafting, name="route-drafting"),
    path("<slug:code>/draft/", routes.draft, name="route-draft"),
    path("<slug:code>/draft/branches/<int:place>/", routes.decision_class, name="route-decision-class"),
    path("<slug:code>/draft/branches/<int:place>/entry/", routes.entry, name="route-decision-class-entry"),
    path("<slug:code>/draft/branches/<int:place>/removal/", routes.removal, name="route-decision-class-removal"),
    path("<slug:code>/draft/discarding/", routes.discarding, name="route-draft-discarding"),
    path("<slug:code>/draft/publication/", routes.publication, name="route-publication"),
]
