"""What a tree of processes costs: CPU seconds and private memory, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """Memory of one process in MB; private is what would be freed if it ended."""

    private_mb: float
    rss_mb: float


def tree(pid: int) -> list[int]:
    """A process and all that it started, and they."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        if stat := _stat(int(folder.name)):
            children.setdefault(int(stat[1]), []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far."""
    stats = filter(None, map(_stat, pids))
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS


def memory(pid: int) -> Memory:
    """Private and resident memory of one process."""
    sizes: dict[str, int] = {}
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_unit = line.replace(":", "").split()
        sizes[name] = int(value)
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return Memory(private / 1024, sizes["Rss"] / 1024)


def machine() -> str:
    """Processor, cores and memory, for the report."""
    models = [line for line in (PROC / "cpuinfo").read_text().splitlines() if line.startswith("model name")]
    total_kb = int((PROC / "meminfo").read_text().split()[1])
    name = models[0].split(":", 1)[1].strip() if models else "unknown processor"
    return f"{len(models) or os.cpu_count()} cores ({name}), {total_kb / 1024**2:.0f} GiB"


def load() -> float:
    """How many processes wanted a core during the last minute; above the number of cores, distrust times."""
    return os.getloadavg()[0]


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/<pid>/stat after the name, which may itself hold spaces."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
