"""Room: people and what the owner knows of them."""
