"""What a drawn page weighs and costs, beside plain pyvis on the same graphs; in benchmarks/PAGE.md.

    python benchmarks/page.py          (make bench-page)

The graphs are those of the browser tests: invented news of 40 entities, and crowds with two facts
for each, made by arithmetic. Plain pyvis is `Network.from_nx` with the sentences as titles, its
files taken from beside the page, as `cdn_resources="local"` has it. Both are opened in Debian's
Chromium, headless, without a network. Script time is what the browser has spent in scripts and
layout five seconds after it was sent to the page; frames are not counted, for there is no screen.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import networkx as nx
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

from kg.draw import page
from kg.model import Entity
from kg.ontology import load

HERE = Path(__file__).parent
AXE = HERE.parent / "node_modules" / "axe-core" / "axe.min.js"
SIZES = (40, 300, 2000, 10_000)
OPENED = 2000
"""Larger graphs plain pyvis does not show within minutes; its page is only weighed."""


def plain(graph: tuple[tuple[Entity, ...], ...], path: Path) -> None:
    """Write the graph as pyvis alone does."""
    entities, facts, _ = graph
    net = nx.MultiDiGraph()
    for entity in entities:
        net.add_node(entity.iri, label=entity.label, title=entity.cls)
    for fact in facts:  # type: ignore[assignment]
        if isinstance(fact.object, Entity):
            title = "\n".join(claim.evidence.quote for claim in fact.claims)
            net.add_edge(fact.subject.iri, fact.object.iri, title=title, label=fact.relation)
    drawn = Network(directed=True, cdn_resources="in_line")
    drawn.from_nx(net)
    path.write_text(drawn.generate_html(notebook=False), encoding="utf-8")


def costs(write: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Return the megabytes of a page and the CPU seconds of writing it."""
    began = time.process_time()
    write(path)
    return path.stat().st_size / 1e6, time.process_time() - began


def opened(browser: Browser, path: Path) -> dict[str, float]:
    """Return what the browser tells of a page, five seconds after it was sent there."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    requests: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tool = context.new_cdp_session(tab)
    tool.send("Performance.enable")
    tab.goto(path.as_uri(), wait_until="commit")
    tab.wait_for_timeout(5000)
    found = {m["name"]: m["value"] for m in tool.send("Performance.getMetrics")["metrics"]}
    told = {
        "requests": float(sum(not url.startswith(("file:", "data:", "blob:")) for url in requests)),
        "messages": float(len(said)),
        "script": found["ScriptDuration"] + found["LayoutDuration"],
    }
    if AXE.exists():
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        told["axe"] = tab.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.length"
        )
    context.close()
    return told


def answers(browser: Browser, path: Path) -> dict[str, float]:
    """Return milliseconds of script in our page, by what is done."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(path.as_uri())
    tab.wait_for_selector("html[data-drawn]", state="attached")
    timed = """([list, name]) => list.map((value) => {
        const act = {
            search: () => kgPage.lookUp(value),
            click: () => kgPage.choose({ node: kgPage.entities[value], path: null }),
            filter: () => kgPage.choose({ node: null, sure: value }),
            frame: () => kgPage.network.renderer._redraw(),
            path: () => kgPage.findPath(kgPage.entities[value], kgPage.entities.at(-value)),
        }[name];
        const start = performance.now();
        act();
        return performance.now() - start;
    })"""
    words = ["имя 9", "хроник", "имя 77", "хэй", "орловой"]
    told = {
        "start": tab.evaluate("() => kgPage.started"),
        "search": median(tab.evaluate(timed, [words, "search"])),
        "click": median(tab.evaluate(timed, [[1, 2, 3, 4, 5], "click"])),
        "filter": median(tab.evaluate(timed, [[10, 20, 30, 40, 50], "filter"])),
        "frame": median(tab.evaluate(timed, [[1, 2, 3, 4, 5], "frame"])),
        "path": median(tab.evaluate(timed, [[1, 2, 3, 4, 5], "path"])),
    }
    tab.close()
    return told


def main() -> None:
    """Measure, print, and keep what was printed."""
    sys.path.insert(0, str(HERE.parent))
    from tests.browser import samples  # it lies beside the package

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("there is no Chromium here; make system installs it")
    ontology = load()
    page(*samples.news(), ontology)  # what is loaded once is not the page's cost
    rows, ours = [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        path = Path(folder) / "page.html"
        for size in SIZES:
            graph = samples.news() if size == 40 else samples.crowd(size)
            for name, write in (
                ("kg", lambda p, g=graph: p.write_text(page(*g, ontology), encoding="utf-8")),
                ("pyvis", lambda p, g=graph: plain(g, p)),
            ):
                weight, seconds = costs(write, path)
                row = f"| {size:,} | {name} | {weight:.2f} | {seconds:.1f} |"
                if name == "kg" or size <= OPENED:
                    told = opened(browser, path)
                    axe = f"{told['axe']:.0f}" if "axe" in told else "–"
                    row += f" {told['requests']:.0f} | {told['messages']:.0f} |"
                    row += f" {told['script']:.1f} | {axe} |"
                else:
                    row += " – | – | – | – |"
                rows.append(row)
                sys.stderr.write(row + "\n")
                if name == "kg":
                    t = answers(browser, path)
                    ours.append(
                        f"| {size:,} | {t['start']:.0f} | {t['search']:.1f} | {t['click']:.0f} "
                        f"| {t['filter']:.0f} | {t['path']:.1f} | {t['frame']:.1f} |"
                    )
        browser.close()
    text = f"""# Pages

Written by `make bench-page`: do not edit. Pages of invented graphs, two facts for each entity,
with their sentences, in headless Chromium without a network.

| entities | by | MB | CPU s in Python | requests | console messages | script s | axe violations |
| --- | --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(rows)}

kg's page alone, in milliseconds of script, medians: until its scripts have run, a search among all
names, a click that opens a card, a change of filters, the shortest path between two, a frame drawn.

| entities | start | search | click | filter | path | frame |
| --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(ours)}
"""
    sys.stdout.write(text)
    (HERE / "PAGE.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
