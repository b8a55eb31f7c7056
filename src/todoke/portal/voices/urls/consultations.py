"""URLs of 意見募集 for everybody: the open calls, one draft by its clauses, an opinion, its receipt, the result."""

from django.urls import path

from todoke.portal.voices.views import consultations, followers

urlpatterns = [
    path("consultations/", consultations.show_list, name="consultations"),
    path("consultations/feed.rss", consultations.feed, name="consultations-feed"),
    path("consultations/receipts/<slug:token>/", consultations.receipt, name="consultation-receipt"),
    path("following/<str:secret>/", followers.show, name="consultation-following"),
    path("following/<str:secret>/confirmation/", followers.confirmation, name="following-confirmation"),
    path("following/<str:secret>/ending/", followers.ending, name="following-ending"),
    path("consultations/<slug:number>/", consultations.show, name="consultation"),
    path("consultations/<slug:number>/news/", followers.entry, name="consultation-follow"),
    path(
        "consultations/<slug:number>/briefings/<serial:pk>/file/",
        consultations.briefing_material,
        name="briefing-material",
    ),
    path("consultations/<slug:number>/opinion/", consultations.opinion, name="consultation-opinion"),
    path("consultations/<slug:number>/result/", consultations.result, name="consultation-result"),
    path("consultations/<slug:number>/table/", consultations.table, name="consultation-table"),
]
