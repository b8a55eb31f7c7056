"""Automations 自動化: schedules, saved minutes, missed runs and alarms of what runs by itself."""
