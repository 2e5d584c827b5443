"""What exports in XML that are no feeds say: Evernote, LiveJournal, Tumblr."""
