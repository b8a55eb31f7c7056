"""URLs of the portal: the path segment is the noun and the name of the view module."""

from django.urls import path

from todoke.portal.bookings.urls import bookings
from todoke.portal.identities.urls import connected_services, identities
from todoke.portal.inquiries.urls import line_webhook, occupancy, places, questions, town_plan
from todoke.portal.points.urls import points
from todoke.portal.site.urls import appearance, invitations, open_data, well_known
from todoke.portal.urls import admissions, application, case, mailbox, outage, payments, procedures
from todoke.portal.views import home, login_redirect
from todoke.portal.voices.urls import consultations, voices

app_name = "portal"
urlpatterns = [
    path("", home.show, name="home"),
    *application.urlpatterns,
    *procedures.urlpatterns,
    *case.urlpatterns,
    path("arrival/", login_redirect.show, name="arrival"),
    *admissions.urlpatterns,
    *appearance.urlpatterns,
    *bookings.urlpatterns,
    *occupancy.urlpatterns,
    *consultations.urlpatterns,
    *identities.urlpatterns,
    *connected_services.urlpatterns,
    *voices.urlpatterns,
    *mailbox.urlpatterns,
    *outage.urlpatterns,
    *payments.urlpatterns,
    *points.urlpatterns,
    *questions.urlpatterns,
    *town_plan.urlpatterns,
    *line_webhook.urlpatterns,
    *places.urlpatterns,
    *invitations.urlpatterns,
    *open_data.urlpatterns,
    *well_known.urlpatterns,
]
