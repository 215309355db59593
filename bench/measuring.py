"""Times, their median and percentiles, and the line each measurement prints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from json import dumps
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter

Line = dict[str, object]


@dataclass(frozen=True)
class Bench:
    """What every measurement may use: the size asked for, and the folder of the run's own database and files."""

    dossiers: int
    var: Path
    seed: int = 46


def show(line: Line) -> None:
    """Print one measurement as a JSON line, at once."""
    print(dumps(line, ensure_ascii=False), flush=True)


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long one call takes."""
    began = perf_counter()
    act()
    return perf_counter() - began


def median_seconds(act: Callable[[], object], *, rounds: int = 5) -> float:
    """Return the median time of some calls."""
    return median(seconds_of(act) for _round in range(rounds))


def percentile(times: Sequence[float], share: float) -> float:
    """Return the smallest of the times that `share` of them do not exceed."""
    return sorted(times)[ceil(len(times) * share) - 1]


def beside(name: str, ours_per_s: float, limit_per_s: float, *, aim: float, **more: object) -> Line:
    """Return a line of two speeds: ours, the limit's, and what share of it we reach."""
    return {
        "bench": name, **more, "ours_per_s": round(ours_per_s, 1), "limit_per_s": round(limit_per_s, 1),
        "share": round(ours_per_s / limit_per_s, 3), "aim": aim,
    }  # fmt: skip
