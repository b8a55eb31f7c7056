"""Addresses of courses, help sessions and volunteers."""

from django.urls import path

from todoke.office.training.views import courses, help_sessions

COURSE, HELP = "courses/<slug:token>/", "help-sessions/<slug:token>/"

urlpatterns = [
    path("courses/", courses.index, name="courses"),
    path("courses/registration/", courses.registration, name="courses-registration"),
    path("courses/announcement/", courses.announcement, name="courses-announcement"),
    path(COURSE, courses.show, name="course"),
    path(f"{COURSE}application/", courses.application, name="course-application"),
    path(f"{COURSE}withdrawal/", courses.withdrawal, name="course-withdrawal"),
    path(f"{COURSE}seats/<slug:seat>/attendance/", courses.attendance, name="course-attendance"),
    path(f"{COURSE}attendance/", courses.attendance_table, name="course-attendance-table"),
    path("help-sessions/", help_sessions.index, name="help-sessions"),
    path("help-sessions/opening/", help_sessions.opening, name="help-sessions-opening"),
    path("help-sessions/helpers/", help_sessions.helpers, name="digital-helpers"),
    path("help-sessions/helpers/registration/", help_sessions.helper, name="digital-helpers-registration"),
    path(HELP, help_sessions.show, name="help-session"),
    path(f"{HELP}seat/", help_sessions.seat, name="help-session-seat"),
    path(f"{HELP}record/", help_sessions.record, name="help-session-record"),
]
