"""/office/reconfirmations/: yearly reconfirmation by service and year."""

from django.urls import path

from todoke.office.casework.views import reconfirmations

urlpatterns = [
    path("", reconfirmations.index, name="reconfirmations"),
    path("round/", reconfirmations.create, name="reconfirmation-round"),
    path("<slug:code>/<serial:year>/", reconfirmations.show, name="reconfirmation"),
    path("<slug:code>/<serial:year>/reminder/", reconfirmations.reminder, name="reconfirmation-reminder"),
    path("<slug:code>/<serial:year>/<str:token>/release/", reconfirmations.release, name="reconfirmation-release"),
]
