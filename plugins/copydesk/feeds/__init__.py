"""Feeds: a list of entries, the same for every format, and one module for each library that writes them."""
