"""Read and write HTML: the parsed tree, the sanitiser, and the writer of clean markup."""
