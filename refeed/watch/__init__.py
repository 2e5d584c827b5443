"""Build again whenever dumps change: what notices it, when it is time, and what is said of it."""
