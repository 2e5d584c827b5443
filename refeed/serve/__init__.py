"""Serve the feed over HTTP to readers, and a page of it to people; built in memory, rebuilt when dumps change."""
