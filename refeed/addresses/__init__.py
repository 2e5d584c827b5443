"""Web addresses in bodies: pictures behind proxies, links behind redirectors, trackers, players."""
