"""The figures as tables, in Markdown that reads well on a terminal too."""

from collections.abc import Mapping, Sequence
from typing import Any

GOAL, WORST = 1.5, 2.5  # times the CPU of the bare view
GROWTH = 1.25  # M against S

SHARED_HEADS = ("page", "data", "queries", "SQL ms", "kB", "CPU ms", "bare CPU", "×")
PAGE_HEADS = [*SHARED_HEADS, "req/s", "bare r/s", "raw r/s", "p50 ms", "p95 ms"]

GROWTH_HEADS = ["page", "CPU M / S", "bare M / S", "ours beside the bare", "goal for that"]
ABOUT_GROWTH = (
    "The bare view asks the same of the same rows in both, so that its growth is the machine's mood; ours "
    "beside it is what the data cost. The client list shows 20 rows in S and 50 in M; the others show as "
    "many in both."
)


def tables(results: Sequence[Mapping[str, Any]], about: str) -> str:
    """Everything that was measured; `about` says when and where."""
    parts = [about]
    pages = [(result["size"], page) for result in results for page in result.get("pages", [])]
    if pages:
        parts += ["### Pages", _table(PAGE_HEADS, [_page_row(size, page) for size, page in pages])]
        parts.append(_about_pages())
    if len({size for size, _page in pages}) > 1:
        parts += ["### Growth from S to M", _table(GROWTH_HEADS, _growth(pages)), ABOUT_GROWTH]
    for result in results:
        if "memory" in result:
            parts += [f"### Memory after the load ({result['size']})", _memory(result)]
    for result in results:
        if "work" in result:
            parts += [f"### Work behind the pages ({result['size']})", _work(result["work"])]
    parts += ["### Rows", _rows(results)]
    return "\n\n".join(parts) + "\n"


def _page_row(size: str, page: Mapping[str, Any]) -> list[str]:
    ratio = page["cpu_ms"] / page["bare_cpu_ms"]
    return [
        page["label"],
        size,
        str(page["queries"]),
        f"{page['sql_ms']:.1f}",
        f"{page['kilobytes']:.0f}",
        f"{page['cpu_ms']:.1f}",
        f"{page['bare_cpu_ms']:.1f}",
        f"{ratio:.1f}",
        f"{page['per_second']:.0f}",
        f"{page['bare_per_second']:.0f}",
        f"{page['raw_per_second']:.0f}",
        f"{page['p50_ms']:.0f}",
        f"{page['p95_ms']:.0f}",
    ]


def _about_pages() -> str:
    return (
        "CPU is that of the server's whole process tree per request; with SQLite it includes the database. "
        "*Bare* is a Django view without middleware, session or user, with as many indexed queries and a "
        f"50-row template, or as many inserts; × is ours divided by it (goal {GOAL}, at worst {WORST}). "
        "*Raw* is as many reads by cursor, without a template. SQL ms is the time of one request's queries."
    )


def _growth(pages: Sequence[tuple[str, Mapping[str, Any]]]) -> list[list[str]]:
    measured = {(size, page["label"]): page for size, page in pages}
    rows = []
    for label in dict.fromkeys(page["label"] for _size, page in pages):
        small, large = measured.get(("S", label)), measured.get(("M", label))
        if small and large:
            ours, bare = (large[which] / small[which] for which in ("cpu_ms", "bare_cpu_ms"))
            rows.append([label, f"{ours:.2f}", f"{bare:.2f}", f"{ours / bare:.2f}", f"≤ {GROWTH}"])
    return rows


def _memory(result: Mapping[str, Any]) -> str:
    rows = []
    for name, processes in (("Parvis", result["memory"]), ("bare", result["bare_memory"])):
        for place, one in enumerate(processes):
            part = "parent" if place == 0 else f"worker {place}"
            rows.append([name, part, f"{one['private_mb']:.0f}", f"{one['rss_mb']:.0f}"])
    return _table(["server", "process", "private MB", "resident MB"], rows)


def _work(work: Mapping[str, float]) -> str:
    bare = work["bare_mails_per_second"]

    def rate(name: str) -> str:
        return f"{work[name]:.0f}"

    def share(name: str) -> str:
        return f"{work[name]:.0f} ({work[name] / bare:.0%})"

    rows = [
        ["events handed to a subscriber, per second", rate("deliveries_of_events_per_second"), ""],
        ["a decision's mail at the SMTP server, median s", f"{work['decision_to_mail_seconds']:.2f}", "< 1"],
        ["the slowest of them, s", f"{work['decision_to_mail_worst']:.2f}", ""],
        ["bare reused connection, mails per second", rate("bare_mails_per_second"), ""],
        ["outbox, letter made already (share of bare)", share("ready_mails_per_second"), "80 %"],
        ["outbox, letter with picture made for each reader", share("mails_per_second"), ""],
        ["outbox rows claimed and marked, per second", rate("claims_per_second"), "≥ 20,000"],
        ["reminder days claimed in batches of 100, per second", rate("reminder_runs_per_second"), ""],
    ]
    return _table(["what", "measured", "goal"], rows)


def _rows(results: Sequence[Mapping[str, Any]]) -> str:
    names = dict.fromkeys(name for result in results for name in result["rows"])
    lines = [[name, *[f"{result['rows'].get(name, 0):,}" for result in results]] for name in names]
    return _table(["table", *[result["size"] for result in results]], lines)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = f"| {' | '.join('-' * width for width in widths)} |"
    return "\n".join([line(heads), rule, *map(line, rows)])
