"""Show the pictures of an article: each with an address that works, where its author meant it, and once."""
