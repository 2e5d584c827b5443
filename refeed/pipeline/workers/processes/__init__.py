"""The processes that do the work of a build: copies of this one, fresh ones, and those of a cluster."""
