"""Build a feed: the order of the stages, the two passes, the workers that share them, and where the feed goes."""
