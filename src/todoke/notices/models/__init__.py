"""Notices 通知: templates, messages to people, their deliveries, and files behind links."""

from todoke.notices.models.delivery import Delivery
from todoke.notices.models.file_link import Download, FileLink
from todoke.notices.models.message import Message
from todoke.notices.models.template import Template, TemplateVersion

__all__ = ["Delivery", "Download", "FileLink", "Message", "Template", "TemplateVersion"]
