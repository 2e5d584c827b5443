"""Turn the body of a dump into HTML that is safe to publish, and into plain text."""
