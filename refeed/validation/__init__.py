"""Check feeds against their specifications, and against what readers are known to stumble over."""
