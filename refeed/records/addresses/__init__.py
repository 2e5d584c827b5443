"""Decide which of a record's addresses is its own, and which others stand for the same article."""
