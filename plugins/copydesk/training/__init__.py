"""Trains the tagger of `cleaning/` anew from labelled dumps; needs torch, and nothing else here needs it."""
