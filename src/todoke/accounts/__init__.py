"""利用者: accounts, sign-in, one-time codes, rate limits, and the actors of acts."""
