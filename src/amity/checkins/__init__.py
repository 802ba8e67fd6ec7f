"""Room: "Networking is ___"."""
