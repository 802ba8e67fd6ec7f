"""Reasons to nudge: one reason, one file, one function that gives an offer with its why, or None."""
