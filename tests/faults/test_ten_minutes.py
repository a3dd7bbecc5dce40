"""Ten minutes of fifty people who log once a second each: nobody's acknowledgement is late (`performance.md` 0)."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "bench"))

MINUTES = 10
LATEST = 2.5


@pytest.mark.soak
@pytest.mark.timeout(MINUTES * 60 + 600)
def test_no_acknowledgement_is_late_in_ten_minutes() -> None:
    from bench_submissions import fifty_people

    run = fifty_people(seconds=MINUTES * 60, pause=1.0)
    longest = max(run.answered)
    said = (
        f"{len(run.answered):,} forms logged in {run.seconds:.0f} s, longest acknowledgement {longest:.2f} s, "
        f"{run.refused} asked to try again, last confirmation {run.longest_wait:.0f} s after the last form"
    )
    print(said)  # noqa: T201 - the soak tells what it counted
    assert run.bad == 0
    assert run.refused == 0
    assert len(run.answered) > 0.9 * MINUTES * 60 * 50
    assert longest <= LATEST
