"""URL of ログアウト: stands before the library's own, which signs out here alone."""

from django.urls import path

from todoke.portal.identities.views import sign_out

urlpatterns = [path("logout/", sign_out.sign_out, name="sign-out")]
