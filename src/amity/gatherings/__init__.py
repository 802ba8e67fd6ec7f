"""Room: events with people, and who was to be there."""
