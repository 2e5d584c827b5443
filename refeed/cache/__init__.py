"""What builds remember, so that the next one reads only what is new."""
