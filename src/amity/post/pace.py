"""How fast mail may go, to one domain and altogether. Plain: the time is passed in, in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

SECONDS = 60.0


@dataclass
class Pace:
    """So many mails a minute to one domain, and so many altogether, evenly spread; 0 is no limit."""

    per_minute: int
    altogether: int = 0
    _free_at: dict[str, float] = field(default_factory=dict)
    _open_at: float = 0.0

    def is_open(self, now: float) -> bool:
        """Tell whether anything may be sent."""
        return self._open_at <= now

    def is_free(self, domain: str, now: float) -> bool:
        """Tell whether the domain may be written to."""
        return not self.per_minute or self._free_at.get(domain, 0.0) <= now

    def took(self, domain: str, now: float) -> None:
        """Say that the domain was written to."""
        if self.per_minute:
            self._free_at[domain] = now + SECONDS / self.per_minute
        if self.altogether:
            self._open_at = now + SECONDS / self.altogether

    def busy(self, now: float) -> list[str]:
        """Give the domains that may not be written to now."""
        return [domain for domain, free_at in self._free_at.items() if free_at > now]

    def wait(self, now: float) -> float:
        """Give the seconds until something may go that may not now, 0 when all may."""
        if self._open_at > now:
            return self._open_at - now
        return min((free_at - now for free_at in self._free_at.values() if free_at > now), default=0.0)
