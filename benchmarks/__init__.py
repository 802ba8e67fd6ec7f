"""One file per claim; each prints Amity's figure beside a peer's from the same run."""
