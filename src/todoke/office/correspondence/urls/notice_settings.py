"""/office/notice-settings/: how the office is told of what arrives."""

from django.urls import path

from todoke.office.correspondence.views import notice_settings

urlpatterns = [
    path("", notice_settings.show, name="notice-settings"),
    path("preference/", notice_settings.preference, name="notice-settings-preference"),
    path("mailboxes/<str:code>/", notice_settings.mailbox, name="notice-settings-mailbox"),
]
