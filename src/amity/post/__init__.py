"""Room: the ledger of what leaves by mail, the conversation with the mail server, and what comes back."""
