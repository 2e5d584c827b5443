"""Read headers in YAML: quickly, with all its notations, and what can be recovered where it is none."""
