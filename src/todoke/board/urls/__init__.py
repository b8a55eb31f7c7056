"""URLs of the board: the path segment is the noun and the name of the view module."""

from django.urls import include, path

from todoke.board.evidence.views import public_data
from todoke.board.urls import meetings, peers, plans, register_rows, systems
from todoke.board.views import admissions, contacts, home, points, saved_views
from todoke.board.voices.urls import voices

app_name = "board"
urlpatterns = [
    path("", home.show, name="home"),
    path("saved-views/registration/", saved_views.registration, name="saved-view-registration"),
    path("saved-views/<str:token>/removal/", saved_views.removal, name="saved-view-removal"),
    path("", include("todoke.board.urls.funnel")),
    path("", include("todoke.board.automations.urls.automations")),
    path("certificates/", include("todoke.board.certificates.urls.certificates")),
    path("", include("todoke.board.subscriptions.urls.subscriptions")),
    path("priorities/", include("todoke.board.urls.priorities")),
    path("completeness/", include("todoke.board.urls.completeness")),
    path("roadmaps/", include("todoke.board.urls.roadmaps")),
    path("bookings/", include("todoke.board.urls.bookings")),
    path("cashless/", include("todoke.board.urls.cashless")),
    path("", include("todoke.board.evidence.urls.tables")),
    path("", include("todoke.board.evidence.urls.datasets")),
    path("public/data/", public_data.index, name="public-data"),
    path("public/data/<slug:slug>/", public_data.show, name="public-dataset"),
    path("", include("todoke.board.staff_work.urls.staff_work")),
    path("paper/", include("todoke.board.evidence.urls.paper")),
    path("studies/", include("todoke.board.evidence.urls.studies")),
    path("rates/", include("todoke.board.urls.rates")),
    path("public/council/", home.council, name="council"),
    path("public/rates/<slug:key>/", home.public_rate, name="public-rate"),
    path("public/contacts/", contacts.public, name="public-contacts"),
    path("public/contacts/table.csv", contacts.table, name="public-contacts-table"),
    path("public/points/", points.public, name="public-points"),
    path("public/admissions/", admissions.index, name="public-admissions"),
    path("public/admissions/<int:pk>/", admissions.show, name="public-admission"),
    path("", include("todoke.board.recordings.urls.recordings")),
    *meetings.urlpatterns,
    *peers.urlpatterns,
    *plans.urlpatterns,
    *register_rows.urlpatterns,
    *systems.urlpatterns,
    *voices.urlpatterns,
]
