"""/office/closures/: closures of one's own halls, a new one, and who was told."""

from django.urls import path

from todoke.office.reception.views import closures

urlpatterns = [
    path("", closures.index, name="closures"),
    path("declaration/", closures.declaration, name="closures-declaration"),
    path("<serial:pk>/", closures.show, name="closure"),
]
