"""Compare two states of a feed: what somebody who subscribes to it sees."""
