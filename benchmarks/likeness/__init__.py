"""The same person: ours beside Splink, ECM and exact match on labelled sets."""
