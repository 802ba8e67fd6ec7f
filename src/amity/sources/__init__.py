"""Room: bringing files in. Read, match, save; preview, resume, undo."""
