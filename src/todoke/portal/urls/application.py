"""URLs of 申請: filling in, checking, submitting, resuming."""

from django.urls import path

from todoke.portal.views import (
    agent,
    application,
    expiry,
    files,
    reconfirmation,
    resume,
    shared_terminal,
    submission,
)

urlpatterns = [
    path("procedures/<str:number>/start/", application.start, name="start"),
    path("procedures/<str:number>/application/", application.begin, name="begin"),
    path("applications/<str:token>/", application.show, name="application"),
    path("applications/<str:token>/pages/<slug:page_id>/", application.page, name="application-page"),
    path("applications/<str:token>/pages/<slug:page_id>/answers/", application.save, name="application-answers"),
    path("applications/<str:token>/pages/<slug:page_id>/draft/", application.keep, name="application-draft"),
    path("applications/<str:token>/files/<str:file>/", files.attachment, name="application-file"),
    path("applications/<str:token>/check/", submission.check, name="application-check"),
    path("applications/<str:token>/submission/", submission.send, name="submission"),
    path("applications/<str:token>/receipt/", submission.receipt, name="receipt"),
    path("applications/<str:token>/later/", resume.show, name="application-later"),
    path("applications/<str:token>/link/", resume.mail, name="application-link"),
    path("applications/<str:token>/deletion/", resume.deletion, name="application-deletion"),
    path("applications/<str:token>/account/", resume.claim, name="application-account"),
    path("resume/<str:secret>/", resume.resume, name="resume"),
    path("resume/<str:secret>/continuation/", resume.continuation, name="resume-continuation"),
    path("procedures/<str:number>/agent/", agent.show, name="agent"),
    path("procedures/<str:number>/agent/application/", agent.begin, name="agent-begin"),
    path("reconfirmations/<str:secret>/", reconfirmation.show, name="reconfirmation"),
    path("reconfirmations/<str:secret>/unchanged/", reconfirmation.unchanged, name="reconfirmation-unchanged"),
    path("reconfirmations/<str:secret>/application/", reconfirmation.begin, name="reconfirmation-begin"),
    path("session/", expiry.show, name="session"),
    path("terminal/", shared_terminal.show, name="terminal"),
    path("terminal/sharing/", shared_terminal.sharing, name="terminal-sharing"),
    path("leave/", shared_terminal.leave, name="leave"),
    path("leave/idle/", shared_terminal.idle, name="leave-idle"),
]
