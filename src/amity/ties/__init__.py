"""Room: rhythm applied to the book. What is stored here is a cache of moments, and what was suggested."""
