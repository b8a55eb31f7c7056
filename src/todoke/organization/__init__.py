"""組織: departments, posts, tenures, and the permissions that come from them."""
