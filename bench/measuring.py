"""One data set measured, in a process of its own: `python -m bench.measuring SIZE RESULT`.

The environment (data folder, addresses) is set by the parent, because settings are read once.
"""

import argparse
import itertools
import json
import os
import random
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench.load import Request, median
from bench.serving import WORKERS, Cost, Server, served

if TYPE_CHECKING:
    from bench.dataset import Scene
    from bench.pages import Page, Queries

ORDER = random.Random(1)


@dataclass(frozen=True)
class PageFigures:
    """One page of ours beside the bare view and the bare cursor with as many queries."""

    label: str
    queries: int
    sql_ms: float
    kilobytes: float
    cpu_ms: float
    per_second: float
    p50_ms: float
    p95_ms: float
    bare_cpu_ms: float
    bare_per_second: float
    raw_cpu_ms: float
    raw_per_second: float


@dataclass(frozen=True)
class Rounds:
    """What was measured in turn."""

    ours: list[Cost]
    bare: list[Cost]
    raw: list[Cost]


def main() -> None:
    """Fill the database, measure, write one JSON document."""
    options = _parser().parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    from bench.dataset import SIZES, fill
    from parvis.config.upkeep import refresh_statistics
    from parvis.core.clock import now

    scene = fill(SIZES[options.size], now())
    refresh_statistics()  # as the worker of an installation does every day
    found: dict[str, object] = {"size": options.size, "rows": scene.counts}
    if "pages" in options.parts:
        found |= _pages(options, scene)
    if "work" in options.parts:
        from bench.work import measure_work

        found["work"] = measure_work(scene, port=options.port + 5)
    Path(options.result).write_text(json.dumps(found))


def _pages(options: argparse.Namespace, scene: "Scene") -> dict[str, object]:
    from bench.pages import count_queries, pages_of

    folder = Path(os.environ["PARVIS_DATA_DIR"])
    bare = {"BENCH_BARE_FILE": str(folder.parent / "bare.sqlite3")}
    ours = ["-m", "parvis", "web", f"--workers={WORKERS}", f"--threads={options.threads}"]
    theirs = ["-m", "granian", "--interface=wsgi", f"--workers={WORKERS}", "--log-level=warning"]
    theirs += [
        f"--blocking-threads={options.threads}",
        f"--port={options.port + 1}",
        "bench.bare.wsgi:application",
    ]
    figures = []
    with served(ours, options.port, {}) as app, served(theirs, options.port + 1, bare) as limit:
        for page in pages_of(scene):
            queries = count_queries(page)
            print(f"  {options.size} {page.label}: {queries.number} queries", file=sys.stderr, flush=True)
            rounds = _measure(page, app, limit, queries, options=options)
            figures.append(asdict(_figures(page.label, queries, rounds)))
        memory = [asdict(one) for one in app.memory_of_processes()]
        bare_memory = [asdict(one) for one in limit.memory_of_processes()]
    return {"pages": figures, "memory": memory, "bare_memory": bare_memory}


def _measure(
    page: "Page", app: Server, limit: Server, queries: "Queries", *, options: argparse.Namespace
) -> Rounds:
    """Ours, the bare view and the bare cursor in turn, so that a busy moment hits all three."""
    bare = itertools.repeat(_bare_page(queries))
    raw = itertools.repeat(Request(f"/raw/client-{ORDER.randrange(200)}/{max(queries.number, 3)}/"))
    rounds = Rounds([], [], [])
    for _ in range(options.rounds):
        rounds.ours.append(app.measure(page.requests, options.seconds))
        rounds.bare.append(limit.measure(bare, options.seconds))
        rounds.raw.append(limit.measure(raw, options.seconds / 2))
    return rounds


def _bare_page(queries: "Queries") -> Request:
    client = f"client-{ORDER.randrange(200)}"
    if queries.writes:
        path = f"/post/{client}/{queries.reads}/{queries.writes}/"
        return Request(path, "POST", "x", expected=(204,))
    return Request(f"/page/{client}/{max(queries.number, 3)}/")


def _figures(label: str, queries: "Queries", rounds: Rounds) -> PageFigures:
    def cpu(costs: list[Cost]) -> float:
        return median([one.cpu_ms for one in costs])

    def rate(costs: list[Cost]) -> float:
        return median([one.round.per_second for one in costs])

    return PageFigures(
        label=label,
        queries=queries.number,
        sql_ms=queries.milliseconds,
        kilobytes=median([one.round.bytes_in / one.round.requests / 1000 for one in rounds.ours]),
        cpu_ms=cpu(rounds.ours),
        per_second=rate(rounds.ours),
        p50_ms=median([one.round.percentile(0.5) for one in rounds.ours]),
        p95_ms=median([one.round.percentile(0.95) for one in rounds.ours]),
        bare_cpu_ms=cpu(rounds.bare),
        bare_per_second=rate(rounds.bare),
        raw_cpu_ms=cpu(rounds.raw),
        raw_per_second=rate(rounds.raw),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bench.measuring")
    parser.add_argument("size")
    parser.add_argument("result", help="the file the figures are written into, as JSON")
    parser.add_argument("--parts", nargs="+", default=["pages", "work"])
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--port", type=int, default=8130)
    return parser


if __name__ == "__main__":
    main()
