"""The heading of news mirrors, `[title](address)` above a line of dashes, and the records below it."""
