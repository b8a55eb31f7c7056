"""通知: templates, messages to people, their delivery over channels, and files behind links."""
