"""様式: form drafts, frozen versions, submissions and answers."""
