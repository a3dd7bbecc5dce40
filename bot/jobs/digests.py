"""The job that tells managers of their teams (`product.md` 10)."""

from bot.services.digest_rounds import DigestRounds


def send_digests(rounds: DigestRounds) -> str:
    """Tell everybody whose time has come; return what was done."""
    told = rounds.run()
    return f"Told {told} of their teams." if told else ""
