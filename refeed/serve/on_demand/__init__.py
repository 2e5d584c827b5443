"""What is made when somebody asks for it: entries of the archive, provenance, other formats."""
