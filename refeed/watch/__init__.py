"""Build again whenever dumps change: noticing it, timing it, and logging it."""
