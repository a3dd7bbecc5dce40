"""kill -9 while letters are packed: the zip is whole, each letter is in it once, and it is handed over once."""

import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docxes import a_docx
from office import Office, Silence
from running import Running
from sqlalchemy import select, update

from bot.clock import SystemClock
from bot.domain.interactions import Correspondence
from bot.services.attachments import Attachments
from storage.store import open_store
from storage.tables.deliveries import deliveries
from storage.tables.segments import logged_segments, segment_entries

WORKER = Path(__file__).with_name("packing_letters.py")
LONGEST_STEP = 0.6


@pytest.mark.parametrize(("kills", "lines"), [(1, 120), pytest.param(20, 20_000, marks=pytest.mark.soak)])
def test_each_letter_is_there_once_whatever_is_killed(
    database_url: str, tmp_path: Path, kills: int, lines: int
) -> None:
    store, folder = open_store(database_url, SystemClock()), tmp_path / "exports"
    office = Office(store, SystemClock())
    logged = _logged(office, tmp_path, lines)
    call = [sys.executable, str(WORKER), database_url, str(folder), str(office.workspace), str(logged)]
    for _ in range(kills):
        worker = subprocess.Popen(call, env={**os.environ, "PYTHONPATH": "."}, stdout=subprocess.PIPE)
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0, LONGEST_STEP))
        worker.kill()
        worker.stdout.close()
        worker.wait(10)
    subprocess.run(call, env={**os.environ, "PYTHONPATH": "."}, check=True, capture_output=True)
    subprocess.run(call, env={**os.environ, "PYTHONPATH": "."}, check=True, capture_output=True)
    with store.reading() as connection:
        (payload,) = connection.scalars(select(deliveries.c.payload).where(deliveries.c.kind == "file"))
    with zipfile.ZipFile(payload["path"]) as archive:
        assert archive.testzip() is None
        assert [int(name[:5]) for name in archive.namelist()] == list(range(1, lines + 1))
    store.close()


def _logged(office: Office, folder: Path, lines: int) -> int:
    """Log a segment whose letters are yet to be packed."""
    eva = office.joins("Eva")
    letter = folder / "autumn.docx"
    letter.write_bytes(a_docx("Dear {{ contact.name }}"))
    Attachments(office.store, Silence(), folder).put(office.workspace, "MAILING", letter)
    running = Running(office)
    chosen = running.people(eva, 20) * (lines // 20)
    segment = running.segment(eva, chosen, correspondence=Correspondence.HARD_COPY, ignore_contact=True)
    logged = running.logs(eva, segment).id
    with office.store.writing() as connection:
        connection.execute(update(logged_segments).values(send=True))
        connection.execute(update(segment_entries).values(delivery="in_progress"))
    return int(logged)
