"""Mail 通知: what applicants and staff are told about cases, and what is held for a protected person."""
