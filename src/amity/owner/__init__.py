"""Room: whose book this is, who the owner is in other people's files, and who may come in."""
