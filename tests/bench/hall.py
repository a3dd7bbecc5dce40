"""Where the crowd meets a bot: starts the child, waits until it hears, and lets the crowd ask."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from crowd import Crowd, Heard, Run, slack
from letters import Letter

SERVED = Path(__file__).parent / "served.py"
PATIENCE = 20.0
GLANCE = 0.005


@dataclass(frozen=True, slots=True)
class Bot:
    """Which child to start, on which database, with what in its environment."""

    name: str
    url: str
    facts: dict[str, str] = field(default_factory=dict)
    slack: int = field(default_factory=lambda: free_port())  # noqa: PLW0108 - it stands below
    """The port at which it finds Slack."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What each person asks, for how long, how far apart; `first` is asked once beforehand and not counted."""

    of: Callable[[int], Iterator[Letter]]
    seconds: float
    pause: float = 0.0
    first: Callable[[int], Iterator[Letter]] | None = None
    people: int = 50
    follows: str = ""
    """The Web API call that follows from every answer."""


def asked(bot: Bot, questions: Questions, heard: Heard | None = None) -> Run:
    """Return what the crowd met with at a freshly started bot."""
    return asyncio.run(_asked(bot, questions, heard or Heard()))


async def _asked(bot: Bot, questions: Questions, heard: Heard) -> Run:
    async with slack(heard, bot.slack):
        port = free_port()
        child = _started(bot, f"http://127.0.0.1:{bot.slack}/api/", port)
        try:
            await _listening(port)
            crowd = Crowd(port, heard)
            people = range(questions.people)
            if questions.first:
                await crowd.ask([questions.first(seat) for seat in people], PATIENCE)
            run = await crowd.ask([questions.of(seat) for seat in people], questions.seconds, questions.pause)
            return replace(
                run, longest_wait=await _followed(heard, questions, len(run.answered) - run.refused)
            )
        finally:
            child.communicate()


async def _followed(heard: Heard, questions: Questions, times: int) -> float:
    began, method = time.perf_counter(), questions.follows
    for _ in range(int((PATIENCE + questions.seconds / 3) / GLANCE)):
        if not method or heard.calls.get(method, 0) >= times:
            break
        await asyncio.sleep(GLANCE)
    if method and heard.calls.get(method, 0) < times:
        raise TimeoutError(f"{times} answers, but only {heard.calls}")
    return time.perf_counter() - began


def _started(bot: Bot, api: str, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(SERVED), bot.name, bot.url, api, str(port)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, **bot.facts})


async def _listening(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise TimeoutError("the bot did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
