"""The notations of headers: where a header lies in its file, and what its keys and values are as texts."""
