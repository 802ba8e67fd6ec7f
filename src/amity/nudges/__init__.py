"""Room: at most three invitations a day, each with its reason in one sentence."""
