"""Plain ground: the SQLite backend and folded text. No Amity import, no book, no owner."""
