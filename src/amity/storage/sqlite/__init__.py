"""Django's SQLite backend over the SQLite that sqlcipher3 brings along."""
