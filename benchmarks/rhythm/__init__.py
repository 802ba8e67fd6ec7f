"""The open benchmark of rhythm: ours and its rivals on the same ties of a temporal network."""
