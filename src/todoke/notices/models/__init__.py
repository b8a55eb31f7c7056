"""Notices 通知: templates, messages to people, their deliveries, mailed links, and files behind links."""

from todoke.notices.models.channel_post import ChannelEvent, ChannelPost, ChannelSwitch
from todoke.notices.models.delivery import Delivery
from todoke.notices.models.file_link import Download, FileLink
from todoke.notices.models.mailed_link import MailedLink
from todoke.notices.models.message import Message
from todoke.notices.models.office_notice import (
    DepartmentMailbox,
    NoticeAddressee,
    NoticePreference,
    OfficeNotice,
)
from todoke.notices.models.template import Template, TemplateVersion

__all__ = [
    "ChannelEvent",
    "ChannelPost",
    "ChannelSwitch",
    "Delivery",
    "DepartmentMailbox",
    "Download",
    "FileLink",
    "MailedLink",
    "Message",
    "NoticeAddressee",
    "NoticePreference",
    "OfficeNotice",
    "Template",
    "TemplateVersion",
]
