"""URLs of 本人確認の連携 and of signing in by a provider."""

from django.urls import path

from todoke.portal.identities.views import identities, sign_in, sign_out

urlpatterns = [
    path("sign-in/", sign_in.ways, name="sign-in"),
    path("sign-in/waiting/", identities.waiting, name="identity-waiting"),
    path("sign-in/waiting/link/", identities.waiting_link, name="identity-waiting-link"),
    path("sign-in/arrival/", identities.arrival, name="staff-arrival"),
    path("sign-in/return/<slug:slug>/", sign_in.come_back, name="sign-in-return"),
    path("sign-in/ended/", sign_out.signed_out, name="signed-out"),
    path("sign-in/keys/<slug:slug>/", sign_in.keys, name="client-keys"),
    path("sign-in/logout/<slug:slug>/", sign_in.logout, name="provider-logout"),
    path("sign-in/<slug:slug>/start/", sign_in.start, name="sign-in-start"),
    path("sign-in/<slug:slug>/identification/", sign_in.identification, name="identification"),
    path("sign-in/<slug:slug>/step-up/", sign_in.step_up, name="step-up"),
    path("me/identities/", identities.show, name="identities"),
    path("me/identities/<slug:slug>/link/", identities.link, name="identity-link"),
    path("me/identities/<slug:slug>/ending/", identities.ending, name="identity-ending"),
]
