"""The parts of the one-line grammar behind `amity.moments.capture`. Plain: no Django, no clock, no I/O."""
