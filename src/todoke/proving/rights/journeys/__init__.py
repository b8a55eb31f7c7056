"""Journeys 道のり: what honest people do, face by face; every request goes through the replay."""
