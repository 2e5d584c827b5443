"""Read files that lie at addresses: objects of a store, files of a repository, one file of a web server."""
