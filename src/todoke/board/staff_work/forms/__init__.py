"""Forms of the pages of promotion members and telework trials."""
