"""Processes that hold the graph and answer, each one task at a time.

Nothing but ending its process stops a query that Oxigraph runs, so none runs in the server's own.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kg.errors import KgError, QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.serve.tasks import Answer, Task, refusal, told
from kg.serve.update import Update

LOADING = 600.0
"""Seconds that a graph may take to load."""
RETRY = {"Retry-After": "5"}
ATTEMPTS, PAUSE = 50, 0.02
Stamp = tuple[tuple[str, int], ...]
"""The names and sizes of a store's files that show a change: of its log and its manifest."""


class Worker:
    """A process; it is started at once, and loads the graph while others work."""

    def __init__(self, graph: str) -> None:
        self._graph = graph
        self._start()

    def _start(self) -> None:
        spawn = get_context("spawn")
        self._channel, there = spawn.Pipe()
        self._process = spawn.Process(target=work, args=(there, self._graph), daemon=True)
        self._process.start()
        there.close()
        self._loaded = False

    def ask(self, task: Task | Update, timeout: float) -> Answer:
        """Return the answer, or one that says why there is none; ends the process if it is late."""
        try:
            if not self._loaded:
                failure = self._channel.recv() if self._channel.poll(LOADING) else "it loads"
                if failure is not None:
                    self._renew()
                    return refusal(503, f"the graph cannot be opened: {failure}")
                self._loaded = True
            self._channel.send(task)
            if self._channel.poll(timeout):
                answer: Answer = self._channel.recv()
                return answer
        except (EOFError, OSError):
            self._renew()
            return refusal(500, "the query failed: its process ended; ask for less with LIMIT")
        self._renew()
        return refusal(503, f"no answer in {timeout:g} s; narrow the query")

    def _renew(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join()
        self._channel.close()


class Pool:
    """Workers, and those who wait for one."""

    def __init__(self, graph: str, size: int, timeout: float, waiting: int = 64) -> None:
        self._timeout = timeout
        self._room = waiting
        self._workers = [Worker(graph) for _ in range(size)]
        self._threads = ThreadPoolExecutor(size)
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        for worker in self._workers:
            self._free.put_nowait(worker)
        self._writing = asyncio.Lock()

    async def ask(self, task: Task) -> Answer:
        """Return a worker's answer; 503 if too many wait already."""
        return await self._run(lambda worker: worker.ask(task, self._timeout))

    async def update(self, task: Update) -> Answer:
        """Return a worker's answer to an update; one is written at a time."""
        async with self._writing:
            return await self._run(lambda worker: worker.ask(task, self._timeout))

    async def _run(self, asked: Callable[[Worker], Answer]) -> Answer:
        if self._room <= 0:
            return refusal(503, "too many requests wait; try again")
        self._room -= 1
        try:
            worker = await self._free.get()
        finally:
            self._room += 1
        loop = asyncio.get_running_loop()
        # Shielded: who goes away does not leave the worker half asked.
        return await asyncio.shield(
            loop.run_in_executor(self._threads, self._hold, worker, asked, loop)
        )

    def _hold(
        self, worker: Worker, asked: Callable[[Worker], Answer], loop: asyncio.AbstractEventLoop
    ) -> Answer:
        try:
            return asked(worker)
        finally:
            loop.call_soon_threadsafe(self._free.put_nowait, worker)

    def close(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)


def work(channel: Connection, name: str) -> None:
    """Answer tasks until the server is gone; the first message says that the graph is loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    try:
        holder = Holder(name)
    except KgError as error:
        channel.send(str(error))
        return
    channel.send(None)
    while True:
        try:
            task = channel.recv()
        except EOFError:
            return
        channel.send(holder.answer(task))


class Holder:
    """The graph as one worker has it open: a file in memory, a store's folder as it now is.

    A folder is not locked against a writer. Instead it is opened again when its files have
    changed, and once more when one that was to be read is gone.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._folder = Path(name) if Path(name).is_dir() else None
        self._graph, self._stamp = self._opened()

    def _now(self) -> Stamp:
        # The log grows with each write, and the manifest with each change of files.
        if self._folder is None:
            return ()
        found = []
        for path in self._folder.iterdir():
            try:
                if path.suffix != ".sst":
                    found.append((path.name, path.stat().st_size))
            except FileNotFoundError:
                continue
        return tuple(sorted(item for item in found if not item[0].startswith("LOG")))

    def _opened(self) -> tuple[KnowledgeGraph, Stamp]:
        """Return the graph, and the state of the files that it was opened in.

        Files that a writer deletes are read on if they were open before. One deleted while they
        are being opened would be missed later, and an aggregate of Oxigraph 0.5 counts such an
        error for ever: so the state must be the same before and after.
        """
        for attempt in range(ATTEMPTS):
            before = self._now()
            try:
                graph = KnowledgeGraph.open(self._name, guarded=False)
            except StoreError:
                if self._folder is None or attempt == ATTEMPTS - 1:
                    raise
            else:
                if before == self._now():
                    return graph, before
                graph.close()
            time.sleep(PAUSE)
        raise StoreError(f"the store {self._name} is being written all the time; try again")

    def answer(self, task: Task | Update) -> Answer:
        """Return the answer to a task."""
        if isinstance(task, Update):
            return task.run(self._name)
        try:
            return self._answered(task)
        except (QueryError, StoreError) as error:
            if self._folder is None or "No such file" not in str(error):
                return told(error)
        except KgError as error:
            return told(error)
        self._stamp = ()
        try:
            return self._answered(task)
        except KgError as error:
            return told(error)

    def _answered(self, task: Task) -> Answer:
        if self._now() != self._stamp:
            self._graph.close()
            self._graph, self._stamp = self._opened()
        return task.run(self._graph)
