"""The browser's door: thin pages over what the rooms' queries and actions give."""
