"""What came out of a trial, as figures to be kept with the edition that was tried."""

from collections import Counter
from typing import Any

from motcua.catalogue.processes.process import Process
from motcua.catalogue.processes.simulation import Outcome, Trial

BARS = 12


def figures_of(process: Process, trial: Trial, outcome: Outcome) -> dict[str, Any]:
    """Return the figures of a trial, as JSON.

    `by_choice`: whether officers choose ways, each of which the trial takes as often as the others. `half`, `most`: working hours within which half and nine tenths were done; `bars` [from hours, to hours, dossiers];
    `steps`: for each step its officers, mean hours waited and stayed, percent of the officers' time, and whether other
    steps share them.
    """
    return {
        "count": trial.count,
        "half": round(outcome.within(0.5), 1),
        "most": round(outcome.within(0.9), 1),
        "late": outcome.late,
        "late_percent": round(outcome.late_share * 100, 1),
        "with_term": outcome.with_term,
        "never": outcome.never,
        "by_choice": any(step.asks for step in process.steps.values()),
        "bars": [list(bar) for bar in outcome.bars(BARS)],
        "steps": _steps(process, trial, outcome),
    }


def _steps(process: Process, trial: Trial, outcome: Outcome) -> list[dict[str, Any]]:
    shared = Counter(trial.pool_of.values())
    pools = {code: trial.pool_of.get(code, "") for code in process.steps}
    return [
        {
            "name": step.name,
            "role": step.role,
            "shared": shared[pools[code]] > 1,
            "officers": trial.pools.get(pools[code], 0),
            "wait": round(outcome.loads[code].wait_hours, 1),
            "stay": round(outcome.loads[code].stay_hours, 1),
            "busy": round(100 * outcome.busy_shares.get(pools[code], 0)),
        }
        for code, step in process.steps.items()
    ]
