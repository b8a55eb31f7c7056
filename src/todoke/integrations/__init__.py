"""Integrations 連携: other systems that hold a post, their keys, what they hand in, and what they are told."""
