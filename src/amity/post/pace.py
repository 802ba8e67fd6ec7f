"""How fast mail may go to one domain. Plain: the time is passed in, in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

SECONDS = 60.0


@dataclass
class Pace:
    """So many mails a minute to one domain, evenly spread; 0 is no limit."""

    per_minute: int
    _free_at: dict[str, float] = field(default_factory=dict)

    def is_free(self, domain: str, now: float) -> bool:
        """Tell whether the domain may be written to."""
        return not self.per_minute or self._free_at.get(domain, 0.0) <= now

    def took(self, domain: str, now: float) -> None:
        """Say that the domain was written to."""
        if self.per_minute:
            self._free_at[domain] = now + SECONDS / self.per_minute

    def busy(self, now: float) -> list[str]:
        """Give the domains that may not be written to now."""
        return [domain for domain, free_at in self._free_at.items() if free_at > now]

    def wait(self, now: float) -> float:
        """Give the seconds until the first busy domain is free, 0 when none is busy."""
        return max(
            0.0, min((free_at - now for free_at in self._free_at.values() if free_at > now), default=0.0)
        )
