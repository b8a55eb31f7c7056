"""/office/partners/: other systems and their keys."""

from django.urls import path

from todoke.office.partners.views import endpoints, partners

urlpatterns = [
    path("", partners.index, name="partners"),
    path("registration/", partners.registration, name="partner-registration"),
    path("<slug:code>/", partners.show, name="partner"),
    path("<slug:code>/consent/", partners.consent, name="partner-consent"),
    path("<slug:code>/approval/", partners.approval, name="partner-approval"),
    path("<slug:code>/key/", partners.key, name="partner-key"),
    path("<slug:code>/keys/<slug:number>/revocation/", partners.revocation, name="partner-key-revocation"),
    path("<slug:code>/endpoint/", endpoints.registration, name="partner-endpoint"),
    path("<slug:code>/endpoint/secret/", endpoints.secret, name="partner-endpoint-secret"),
    path("<slug:code>/endpoint/replay/", endpoints.replay, name="partner-endpoint-replay"),
    path("<slug:code>/end/", partners.end, name="partner-end"),
]
