"""The supervisor: a dead process is started again, one that cannot live not in a tight loop."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import prepare, run
from bot.common.settings import Settings, SettingsError, settings
from bot.engine import __main__ as engine_main
from bot.widget import build


class Process:
    """A process as ``subprocess.Popen`` shows it."""

    def __init__(self) -> None:
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self.returncode


class Watched(run.Child):
    """A child with a stand-in for its process; notes when it was started."""

    def __init__(self, clock: "Clock") -> None:
        super().__init__("engine", [])
        self.clock = clock
        self.starts: list[float] = []
        self.start()

    def start(self) -> None:
        self.process = Process()  # type: ignore[assignment]
        self.started = self.clock.now
        self.starts.append(self.started)

    def die(self) -> None:
        self.process.returncode = -9  # type: ignore[union-attr]


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(run, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_a_living_process_is_left_alone(clock: Clock) -> None:
    child = Watched(clock)
    clock.now += 100
    child.revive()
    assert len(child.starts) == 1


def test_a_process_that_had_lived_is_started_at_once(clock: Clock) -> None:
    child = Watched(clock)
    clock.now += run.SHORT_LIFE + 1
    child.die()
    child.revive()
    assert child.starts[1:] == [clock.now]
    assert child.pause == 0


def test_a_process_killed_young_is_started_at_once_the_first_time(clock: Clock) -> None:
    child = Watched(clock)
    clock.now += 1
    child.die()
    child.revive()
    assert child.starts[1:] == [clock.now]


def test_a_process_that_dies_at_once_is_started_with_growing_pauses(clock: Clock) -> None:
    child = Watched(clock)
    for _ in range(600):
        child.die()
        child.revive()
        clock.now += 0.5
    gaps = [late - early for early, late in zip(child.starts, child.starts[1:], strict=False)]
    assert gaps[:6] == [0, 1, 2, 4, 8, 16]
    assert set(gaps[6:]) == {30}, "never given up, never more often"


def test_a_process_that_recovered_is_started_at_once_again(clock: Clock) -> None:
    child = Watched(clock)
    for _ in range(100):
        child.die()
        child.revive()
        clock.now += 0.5
    clock.now += 120
    child.die()
    child.revive()
    assert child.starts[-1] == clock.now
    assert child.pause == 0


def test_a_real_process_is_started_again_and_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    child = run.Child("sleeper", [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"])
    child.start()
    assert child.process
    first = child.process
    first.kill()
    first.wait(10)
    child.revive()
    assert child.process is not first
    assert child.process.poll() is None
    child.stop()
    assert child.process.poll() is not None
    assert (tmp_path / "sleeper.log").exists()
    settings.cache_clear()


def test_the_engine_is_given_the_prepared_model() -> None:
    engine = next(child for child in run.children(Path("/models/a.tar.gz")) if child.name == "engine")
    assert engine.environment["SMELT_MODEL"] == "/models/a.tar.gz"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """Settings that are read anew."""
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


@pytest.mark.parametrize("there", [True, False])
def test_the_engine_loads_what_it_was_given_although_the_data_has_changed(
    environment: pytest.MonkeyPatch, tmp_path: Path, there: bool
) -> None:
    """A model that is gone (somebody trained meanwhile) gives way to the one that fits."""
    given, fitting = tmp_path / "given.tar.gz", tmp_path / "fitting.tar.gz"
    if there:
        given.touch()
    environment.setenv("SMELT_MODEL", str(given))
    environment.setattr(engine_main, "current_model", lambda: None if there else fitting)
    environment.setattr("rasa.__main__.main", lambda: None)
    environment.setattr(sys, "argv", ["bot.engine"])
    engine_main.main()
    assert sys.argv[sys.argv.index("-m") + 1] == str(given if there else fitting)


def test_the_engine_says_that_there_is_no_model(environment: pytest.MonkeyPatch) -> None:
    environment.setattr(engine_main, "current_model", lambda: None)
    with pytest.raises(SystemExit, match="no trained model"):
        engine_main.main()


def test_a_page_that_cannot_be_built_stops_the_start(environment: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise build.BuildError("building failed: syntax error")

    environment.setattr(prepare, "prepare_own", lambda: None)
    environment.setattr(prepare, "prepare_production", lambda: None)
    environment.setattr(prepare.build, "build", broken)
    with pytest.raises(SystemExit, match="syntax error"):
        prepare.main()


def test_a_production_database_without_the_views_stops_the_start(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "erp.db"
    file.touch()
    environment.setenv("SMELT_PRODUCTION_URL", f"sqlite:///{file}")
    with pytest.raises(SystemExit, match="v_order: the view is missing"):
        prepare.main()


def test_a_production_database_that_is_away_does_not(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("SMELT_PRODUCTION_URL", f"sqlite:///{tmp_path}/away.db")
    environment.setattr(prepare, "prepare_page", lambda: None)
    environment.setattr(prepare, "prepare_model", lambda: tmp_path / "model.tar.gz")
    assert prepare.main() == tmp_path / "model.tar.gz"


def test_production_refuses_invented_facts(environment: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SMELT_MODE": "production", "SMELT_SECRET": "x" * 40, "SMELT_PRODUCTION_URL": "sqlite:///erp.db",
        "SMELT_JWT_SECRET": "y" * 40, "SMELT_PUBLIC_URL": "https://chat.example",
    }.items():  # fmt: skip
        environment.setenv(name, value)
    with pytest.raises(SystemExit, match=r"invented foundry in data/company/facts\.yml, data/catalogue/plant\.yml"):
        prepare.main()


def test_a_model_that_was_named_must_be_there(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("SMELT_MODEL", str(tmp_path / "nothing.tar.gz"))
    assert Settings().model == tmp_path / "nothing.tar.gz"
    with pytest.raises(SettingsError, match="SMELT_MODEL"):
        prepare.prepare_model()
