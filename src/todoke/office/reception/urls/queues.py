"""/office/queues/: queues of one's sections, calling the next, a number at the counter."""

from django.urls import path

from todoke.office.reception.views import queues

urlpatterns = [
    path("", queues.index, name="queues"),
    path("<slug:code>/", queues.show, name="queue"),
    path("<slug:code>/call/", queues.call, name="queue-call"),
    path("<slug:code>/ticket/", queues.ticket, name="queue-ticket"),
    path("<slug:code>/absence/", queues.absence, name="queue-absence"),
    path("<slug:code>/finish/", queues.finish, name="queue-finish"),
]
