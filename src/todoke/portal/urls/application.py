"""Addresses of 申請: filling in, checking, sending, going on later."""

from django.urls import path

from todoke.portal.views import application, later, sending

urlpatterns = [
    path("procedures/<str:number>/start/", application.start, name="start"),
    path("procedures/<str:number>/application/", application.begin, name="begin"),
    path("applications/<str:token>/", application.show, name="application"),
    path("applications/<str:token>/pages/<slug:page_id>/", application.page, name="application-page"),
    path("applications/<str:token>/pages/<slug:page_id>/answers/", application.save, name="application-answers"),
    path("applications/<str:token>/pages/<slug:page_id>/draft/", application.keep, name="application-draft"),
    path("applications/<str:token>/check/", sending.check, name="application-check"),
    path("applications/<str:token>/submission/", sending.send, name="submission"),
    path("applications/<str:token>/receipt/", sending.receipt, name="receipt"),
    path("applications/<str:token>/later/", later.show, name="application-later"),
    path("applications/<str:token>/link/", later.mail, name="application-link"),
    path("resume/<str:code>/", later.resume, name="resume"),
    path("leave/", later.leave, name="leave"),
]
