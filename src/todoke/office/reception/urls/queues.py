"""/office/queues/: queues of one's sections, a new one, calling the next, a number at the counter."""

from django.urls import path

from todoke.office.reception.views import queues

urlpatterns = [
    path("", queues.index, name="queues"),
    path("opening/", queues.opening, name="queues-opening"),
    path("<slug:code>/", queues.show, name="queue"),
    path("<slug:code>/change/", queues.change, name="queue-change"),
    path("<slug:code>/call/", queues.call, name="queue-call"),
    path("<slug:code>/ticket/", queues.ticket, name="queue-ticket"),
    path("<slug:code>/absence/", queues.absence, name="queue-absence"),
    path("<slug:code>/finish/", queues.finish, name="queue-finish"),
]
