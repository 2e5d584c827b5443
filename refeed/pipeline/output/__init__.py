"""Where a feed or a page goes, and how a file is written whole or not at all."""
