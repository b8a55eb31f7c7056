"""Devices 機器: figures, files and reminders of the devices that are lent."""
