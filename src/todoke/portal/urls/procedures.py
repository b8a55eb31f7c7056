"""URLs of 手続."""

from django.urls import path

from todoke.portal.views import procedures

urlpatterns = [
    path("procedures/", procedures.index, name="procedures"),
    path("procedures/<str:number>/form.pdf", procedures.blank_form, name="procedure-form"),
    path("procedures/<str:number>/", procedures.show, name="procedure"),
]
