"""What is made when somebody asks for it: entries of the archive, searches, provenance, other formats."""
