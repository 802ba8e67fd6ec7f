"""The sample world: plain words in text files, and how they become people, days and gatherings."""
