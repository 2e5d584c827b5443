"""Turn frames, players and files of sound and video into what a feed reader can show."""
