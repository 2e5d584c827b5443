"""Search all articles of an archive, also those that left the feed: an index of their words, and questions to it."""
