"""Installation 開設: what makes an installation this municipality's own, and what is missing before it opens."""
