"""Settings: what the command line and refeed.toml say, checked, as values."""
