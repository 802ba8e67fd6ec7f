"""Moments: what happened between the owner and people, and the one line that captures it."""
