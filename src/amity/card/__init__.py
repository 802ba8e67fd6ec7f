"""Room: the owner's cards, their QR codes, and visitors who leave their details and wait."""
