"""The second pass: the newest articles become entries, ahead of their turn, until the feed is full."""
