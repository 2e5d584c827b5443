"""Read notes and digests that have no header: what stands above their text and in it."""
