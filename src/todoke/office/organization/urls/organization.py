"""/office/organization/: departments, posts and tenures."""

from django.urls import path

from todoke.office.organization.views import enrolment, organization

urlpatterns = [
    path("", organization.index, name="organization"),
    path("registration/", organization.registration, name="department-registration"),
    path("<slug:code>/", organization.show, name="department"),
    path("<slug:code>/contact/", organization.contact, name="department-contact"),
    path("<slug:code>/post/", organization.post, name="department-post"),
    path("<slug:code>/<str:title>/appointment/", organization.appointment, name="appointment"),
    path("<slug:code>/<str:title>/enrolment/", enrolment.show, name="factor-enrolment"),
    path("<slug:code>/<str:title>/enrolment/slip/", enrolment.slip, name="factor-enrolment-slip"),
    path("<slug:code>/<str:title>/leaving/", organization.leaving, name="leaving"),
]
