"""Room: what was done to the book, by whom, and what it was before; sources and imports as rows."""
