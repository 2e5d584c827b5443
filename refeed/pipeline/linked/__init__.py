"""The posts, files and parts of other files that bodies refer to, found in the archive."""
