"""Plan the feeds of an archive: which there are, which articles each holds, what each says of itself."""
