"""The tests' own PostgreSQL server runs wherever the clone lies."""

from pathlib import Path

import pytest
from conftest import missing
from postgres import NoServer, binaries, copied, served_by
from sqlalchemy import create_engine, make_url, text


def test_the_packaged_server_runs_from_a_folder_that_is_roots_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESLOG_TEST_POSTGRES", "package")
    try:
        installed = binaries()
    except NoServer as error:
        missing("postgres", str(error))
    private = tmp_path / "root"
    private.mkdir(mode=0o700)
    with served_by(copied(installed, private)) as url:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
        engine.dispose()
