"""URLs of デモの受信箱."""

from django.urls import path

from todoke.portal.views import mailbox

urlpatterns = [path("mailbox/", mailbox.show, name="mailbox")]
