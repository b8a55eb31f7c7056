"""利用者: people who sign in."""
