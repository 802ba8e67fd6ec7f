"""Room: bringing people together. Introductions that ask both first, and small tables."""
