"""URLs of 申請: filling in, checking, submitting, resuming."""

from django.urls import include, path

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

of_procedure = [
    path("start/", application.start, name="start"),
    path("application/", application.begin, name="begin"),
    path("agent/", agent.show, name="agent"),
    path("agent/application/", agent.begin, name="agent-begin"),
]
of_application = [
    path("", application.show, name="application"),
    path("pages/<slug:page_id>/", application.page, name="application-page"),
    path("pages/<slug:page_id>/answers/", application.save, name="application-answers"),
    path("pages/<slug:page_id>/draft/", application.keep, name="application-draft"),
    path("files/<str:file>/", files.attachment, name="application-file"),
    path("check/", submission.check, name="application-check"),
    path("submission/", submission.send, name="submission"),
    path("receipt/", submission.receipt, name="receipt"),
    path("later/", resume.show, name="application-later"),
    path("link/", resume.mail, name="application-link"),
    path("deletion/", resume.deletion, name="application-deletion"),
    path("account/", resume.claim, name="application-account"),
]
urlpatterns = [
    path("procedures/<str:number>/", include(of_procedure)),
    path("applications/<str:token>/", include(of_application)),
    path("resume/<str:secret>/", resume.resume, name="resume"),
    path("resume/<str:secret>/continuation/", resume.continuation, name="resume-continuation"),
    path("reconfirmations/<str:secret>/", reconfirmation.show, name="reconfirmation"),
    path("reconfirmations/<str:secret>/unchanged/", reconfirmation.unchanged, name="reconfirmation-unchanged"),
    path("reconfirmations/<str:secret>/application/", reconfirmation.begin, name="reconfirmation-begin"),
    path("session/", expiry.show, name="session"),
    path("terminal/", shared_terminal.show, name="terminal"),
    path("terminal/sharing/", shared_terminal.sharing, name="terminal-sharing"),
    path("leave/", shared_terminal.leave, name="leave"),
    path("leave/idle/", shared_terminal.idle, name="leave-idle"),
]
