"""Check feeds against their specifications, and for what readers are known to stumble over."""
