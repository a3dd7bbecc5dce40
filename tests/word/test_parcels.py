"""A zip that grows on disk: whole after any kill, several where one is too large, no memory for what went before."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bot.word import zips
from bot.word.parcel import Parcel, Volume
from bot.word.zips import deflated, stored


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def _put(parcel: Parcel, *lines: int, size: int = 10) -> None:
    for line in lines:
        parcel.add(line, stored(f"{line}.txt", bytes([line % 256]) * size))
    parcel.save(lines[-1], len(lines), 0)


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    parcel = Parcel(tmp_path / "letters-7.zip")
    parcel.add(1, deflated("00001-zoë.eml", b"Dear Zo\xc3\xab" * 100))
    parcel.add(2, stored("00002.docx", b"PK"))
    parcel.save(2, 2, 0)
    assert parcel.finish() == (Volume(str(tmp_path / "letters-7.zip"), 1, 2),)
    parcel.drop()
    with zipfile.ZipFile(tmp_path / "letters-7.zip") as archive:
        assert archive.read("00001-zoë.eml") == b"Dear Zo\xc3\xab" * 100
        assert archive.read("00002.docx") == b"PK"
    assert [file.name for file in tmp_path.iterdir()] == ["letters-7.zip"]


@pytest.mark.parametrize("saved", [0, 1, 2, 3])
def test_after_a_kill_it_goes_on_where_it_was_saved(tmp_path: Path, saved: int) -> None:
    killed = Parcel(tmp_path / "a.zip")
    for line in range(1, saved + 1):
        _put(killed, line)
    killed.add(77, stored("77.txt", b"never saved"))
    killed._body.flush()
    killed._list.flush()
    killed.close()
    again = Parcel(tmp_path / "a.zip")
    assert again.saved.cursor == saved
    _put(again, *range(saved + 1, 6))
    again.finish()
    again.drop()
    assert _names(tmp_path / "a.zip") == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]


@pytest.mark.parametrize("lost", ["a.part", "a.list", "a.json"])
def test_where_something_is_missing_it_begins_anew(tmp_path: Path, lost: str) -> None:
    killed = Parcel(tmp_path / "a.zip")
    _put(killed, 1, 2)
    killed.close()
    (tmp_path / lost).unlink()
    again = Parcel(tmp_path / "a.zip")
    assert again.saved.cursor == 0
    _put(again, 1, 2)
    again.finish()
    again.drop()
    assert _names(tmp_path / "a.zip") == ["1.txt", "2.txt"]


def test_a_note_half_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"cursor": 3, "si')
    parcel = Parcel(tmp_path / "a.zip")
    assert parcel.saved.cursor == 0
    parcel.drop()


def test_what_does_not_fit_goes_into_another_zip_also_after_a_kill(tmp_path: Path) -> None:
    parcel = Parcel(tmp_path / "a.zip", largest=1_000)
    _put(parcel, 1, 2, 3, 4, size=300)
    parcel.close()
    again = Parcel(tmp_path / "a.zip", largest=1_000)
    _put(again, 5, size=300)
    volumes = again.finish()
    again.drop()
    assert [(volume.first, volume.last) for volume in volumes] == [(1, 2), (3, 4), (5, 5)]
    assert [_names(Path(volume.path)) for volume in volumes] == [
        ["1.txt", "2.txt"],
        ["3.txt", "4.txt"],
        ["5.txt"],
    ]
    assert all(Path(volume.path).stat().st_size <= 1_000 for volume in volumes)


def test_a_zip_of_more_files_than_the_old_format_knows_is_read(tmp_path: Path) -> None:
    parcel = Parcel(tmp_path / "a.zip")
    for line in range(1, 66_001):
        parcel.add(line, stored(f"{line}", b""))
    parcel.save(66_000, 66_000, 0)
    parcel.finish()
    parcel.drop()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert len(archive.namelist()) == 66_000


def test_memory_stays_flat(tmp_path: Path) -> None:
    parcel = Parcel(tmp_path / "a.zip")
    _put(parcel, *range(1, 1_001), size=100)
    tracemalloc.start()
    for line in range(1_001, 20_001):
        parcel.add(line, stored(f"{line}.txt", b"x" * 100))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    parcel.drop()
    assert peak < 1_000_000


def test_two_never_write_into_one(tmp_path: Path) -> None:
    parcel = Parcel(tmp_path / "a.zip")
    with pytest.raises(BlockingIOError):
        Parcel(tmp_path / "a.zip")
    parcel.close()
    Parcel(tmp_path / "a.zip").drop()
    assert list(tmp_path.iterdir()) == []


def test_a_small_archive_is_a_zip() -> None:
    content = zips.archive([deflated("a/b.xml", b"<a/>"), stored("c", b"")])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a/b.xml", "c"]
