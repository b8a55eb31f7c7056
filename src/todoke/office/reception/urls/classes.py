"""/office/classes/: classes, who takes part, entries by telephone and paper, the roll to print, attendance."""

from django.urls import path

from todoke.office.reception.views import classes

urlpatterns = [
    path("", classes.index, name="classes"),
    path("announcement/", classes.announcement, name="classes-announcement"),
    path("<slug:code>/", classes.show, name="class"),
    path("<slug:code>/paper/", classes.paper, name="class-paper"),
    path("<slug:code>/entry/", classes.entry, name="class-entry"),
    path("<slug:code>/enrolments/<serial:pk>/telling/", classes.telling, name="class-telling"),
    path("<slug:code>/enrolments/<serial:pk>/attendance/", classes.attendance, name="class-attendance"),
    path("<slug:code>/enrolments/<serial:pk>/withdrawal/", classes.withdrawal, name="class-withdrawal"),
]
