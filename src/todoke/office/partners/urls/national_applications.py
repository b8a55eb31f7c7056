"""/office/national-applications/: what the national portal received for the municipality."""

from django.urls import path

from todoke.office.partners.views import national_applications

urlpatterns = [
    path("", national_applications.show_list, name="national-applications"),
    path("<slug:number>/", national_applications.show, name="national-application"),
    path("<slug:number>/offer/", national_applications.offer, name="national-application-offer"),
    path("<slug:number>/columns/", national_applications.columns, name="national-application-columns"),
    path("<slug:number>/trial/", national_applications.trial, name="national-application-trial"),
]
