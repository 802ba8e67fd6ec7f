"""Room: finding anything. A cache of words that catches up from the journal, and questions in words."""
