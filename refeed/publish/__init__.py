"""Publish an archive as a folder of feeds that any static host serves."""
