"""The job that takes the steps of runs, until each has come to its end."""

from bot.services.segment_runs import SegmentRuns


def log_segments(runs: SegmentRuns) -> str:
    """Go on with every run that nobody works on; return what was done."""
    return runs.run()
