"""Compare two states of a feed: what its subscribers see."""
