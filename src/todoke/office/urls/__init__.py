"""URLs of the office: the path segment is the noun and the name of the view module."""

from django.urls import include, path, register_converter

from todoke.office.organization.views import appearance, installation_keys, preparation
from todoke.office.views import home, saved_views
from todoke.web.converters import DayConverter

register_converter(DayConverter, "day")

app_name = "office"
urlpatterns = [
    path("", home.show, name="home"),
    path("appearance/", appearance.appearance, name="appearance"),
    path("installation-keys/", installation_keys.installation_keys, name="installation-keys"),
    path("preparation/", preparation.preparation, name="preparation"),
    path("saved-views/registration/", saved_views.registration, name="saved-view-registration"),
    path("saved-views/<str:token>/removal/", saved_views.removal, name="saved-view-removal"),
    path("", include("todoke.office.casework.urls.cases")),
    path("", include("todoke.office.answers.urls.answers")),
    path("", include("todoke.office.correspondence.urls.messages")),
    path("", include("todoke.office.casework.urls.counter")),
    path("admissions/", include("todoke.office.selection.urls.admissions")),
    path("batches/", include("todoke.office.casework.urls.batches")),
    path("bookings/", include("todoke.office.reception.urls.bookings")),
    path("classes/", include("todoke.office.reception.urls.classes")),
    path("classifications/", include("todoke.office.records.urls.classifications")),
    path("closures/", include("todoke.office.reception.urls.closures")),
    path("queues/", include("todoke.office.reception.urls.queues")),
    path("registrants/", include("todoke.office.reception.urls.registrants")),
    path("broadcasts/", include("todoke.office.correspondence.urls.broadcasts")),
    path("consultations/", include("todoke.office.voices.urls.consultations")),
    path("", include("todoke.office.voices.urls.challenges")),
    path("staff-proposals/", include("todoke.office.voices.urls.staff_proposals")),
    path("crowding/", include("todoke.office.inquiries.urls.occupancy")),
    path("contacts/", include("todoke.office.inquiries.urls.contacts")),
    path("", include("todoke.office.inquiries.urls.faqs")),
    path("data-exports/", include("todoke.office.records.urls.data_exports")),
    path("places/", include("todoke.office.inquiries.urls.places")),
    path("line/", include("todoke.office.correspondence.urls.channel_posts")),
    path("files/", include("todoke.office.correspondence.urls.files")),
    path("flags/", include("todoke.office.correspondence.urls.flags")),
    path("held-mails/", include("todoke.office.correspondence.urls.held_mails")),
    path("notice-settings/", include("todoke.office.correspondence.urls.notice_settings")),
    path("notice-texts/", include("todoke.office.correspondence.urls.notice_texts")),
    path("organization/", include("todoke.office.organization.urls.organization")),
    path("staff/", include("todoke.office.organization.urls.staff")),
    path("lotteries/", include("todoke.office.reception.urls.lotteries")),
    path("partners/", include("todoke.office.partners.urls.partners")),
    path("providers/", include("todoke.office.organization.urls.providers")),
    path("services/", include("todoke.office.organization.urls.connected_services")),
    path("procurements/", include("todoke.office.approvals.urls.procurements")),
    path("records/", include("todoke.office.records.urls.records")),
    path("routes/", include("todoke.office.approvals.urls.routes")),
    path("absences/", include("todoke.office.approvals.urls.absences")),
    path("proposals/", include("todoke.office.approvals.urls.proposals")),
    path("procedures/", include("todoke.office.inventory.urls.procedures")),
    path("", include("todoke.office.inventory.urls.judgements")),
    path("reviews/", include("todoke.office.inventory.urls.reviews")),
    path("rounds/", include("todoke.office.inventory.urls.rounds")),
    path("imports/", include("todoke.office.inventory.urls.imports")),
    path("listing-requests/", include("todoke.office.inventory.urls.listing_requests")),
    path("payments/", include("todoke.office.money.urls.payments")),
    path("points/", include("todoke.office.points.urls.points")),
    path("reconfirmations/", include("todoke.office.casework.urls.reconfirmations")),
]
