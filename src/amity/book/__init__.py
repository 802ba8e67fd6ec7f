"""Room: the book as a whole: export, backup, restore, erase, and the sample world."""
