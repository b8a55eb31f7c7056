"""職員の働き方: sections without a promotion member, and what came of telework trials."""
