"""Intake 取込: seats, applicant children and applications on their way into a round, and households into another."""
