"""Read headers: where one lies in its file, in which notation it is, and its keys and values as texts."""
