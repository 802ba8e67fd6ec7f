"""The copy an owner's phone keeps, and what the phone writes without a connection."""
