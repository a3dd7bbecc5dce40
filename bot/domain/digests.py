"""Digests: periods, cadence, and what is told of a team (`product.md` 10)."""

from enum import StrEnum


class Cadence(StrEnum):
    """How often a manager is told."""

    DAILY = "daily"
    WEEKLY = "weekly"
    PAUSED = "paused"
