"""Room: being with people, before, during and after; here the one line that captures a moment."""
