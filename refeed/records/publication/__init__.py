"""Decide whether and when a record is published by its author: what its keys, its words, its name and its place say."""
