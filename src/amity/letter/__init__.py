"""Room: every other Sunday, a private letter to the owner, and their own to whoever subscribed."""
