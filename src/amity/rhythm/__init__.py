"""The statistics of ties: plain functions on numpy arrays, one tie or a million; durations are in days."""
