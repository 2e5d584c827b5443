"""The sites around the files: what the configuration of their generators says, and the addresses of their posts."""
