"""Feedwright: a folder of Markdown posts as RSS, Atom and JSON feeds, and as a newsletter."""

__version__ = "0.1.0"
