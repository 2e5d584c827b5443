"""The feeds of an archive: which there are, which articles each of them holds, and what it says of itself."""
