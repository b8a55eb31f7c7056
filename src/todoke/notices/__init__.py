"""通知: messages to people and their delivery."""
