"""Room: the leased schedule. The list of jobs itself can be read in ``amity/run.py``."""
