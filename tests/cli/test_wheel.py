"""What `pip install` brings: the program must run where there is no repository."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from terminal import ROOT, Terminal


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installation does."""
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def installed(terminal: Terminal, site: Path) -> Terminal:
    terminal.settings["PYTHONPATH"] = str(site)
    return terminal


def test_the_manifest_is_in_the_wheel(installed: Terminal, site: Path) -> None:
    packed, shipped = site / "bot" / "app_manifest.yml", ROOT / "app_manifest.yml"
    assert packed.read_bytes() == shipped.read_bytes()
    packed.write_text(packed.read_text().replace("name: Saleslog", "name: From the wheel"))
    assert "name: From the wheel" in installed.runs_afresh("manifest").said
    packed.write_bytes(shipped.read_bytes())


def test_the_demo_runs_from_the_wheel(installed: Terminal) -> None:
    demo = installed.starts("demo", "--port", "0", "--browser", "none")
    demo.says("Saleslog's demo is at")
    assert demo.stop() == 0
