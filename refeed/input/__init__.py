"""Find and read files: which of them may hold dumps, and what their bytes are as text."""
