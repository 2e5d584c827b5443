"""The first pass: all files are found, those that are new are read, and their records become a table of articles."""
