"""Show what refeed reads out of files, with the evidence and what cleaning removed."""
