"""Read headers in YAML: quickly, with all its notations, and what can be recovered of what is not valid YAML."""
