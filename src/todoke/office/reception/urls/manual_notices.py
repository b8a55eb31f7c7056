"""/office/manual-notices/: whom to call or write to, what to say, and that it is done."""

from django.urls import path

from todoke.office.reception.views import manual_notices

urlpatterns = [
    path("", manual_notices.index, name="manual-notices"),
    path("<serial:pk>/", manual_notices.show, name="manual-notice"),
    path("<serial:pk>/telling/", manual_notices.telling, name="manual-notice-telling"),
]
