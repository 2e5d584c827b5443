"""Turn frames, players and files of sound and film into what a feed reader can show."""
