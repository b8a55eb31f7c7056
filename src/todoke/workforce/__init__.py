"""Workforce 職員の働き方: attendance, telework, promotion members, training, the help desk."""
