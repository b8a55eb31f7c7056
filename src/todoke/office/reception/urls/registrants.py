"""/office/registrants/: who may take halls, a new registration, limits of use."""

from django.urls import path

from todoke.office.reception.views import registrants

urlpatterns = [
    path("", registrants.index, name="registrants"),
    path("registration/", registrants.registration, name="registrants-registration"),
    path("<str:number>/", registrants.show, name="registrant"),
    path("<str:number>/suspension/", registrants.suspension, name="registrant-suspension"),
    path("<str:number>/suspensions/<serial:pk>/lifting/", registrants.lifting, name="registrant-lifting"),
]
