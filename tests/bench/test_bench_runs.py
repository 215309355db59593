"""The benchmark harness runs whole at a tiny size, and every line says ours, its limit or floor, and the aim."""

import json
import os
import subprocess
import sys

from bench.measuring import beside, percentile
from tests.conventions.tree import ROOT


def test_every_measurement_prints_its_lines() -> None:
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MOTCUA_VAR"}}

    done = subprocess.run(
        [sys.executable, "-m", "bench", "--dossiers", "300"], cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True
    )

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["bench"] for line in lines} == {"processes", "fill", "moves", "pages", "slips", "due", "merging"}
    assert all({"ours_per_s", "limit_per_s", "share", "aim"} <= set(line) for line in lines if line["bench"] != "pages")
    assert [line["page"] for line in lines if line["bench"] == "pages"] == [
        "floor", "inbox", "dossier", "catalogue search", "desk search",
    ]  # fmt: skip
    assert {"accept", "hand_over", "complete_step", "sign_off", "issue", "return_result", "all"} <= {
        line.get("move") for line in lines
    }


def test_a_percentile_is_one_of_the_times() -> None:
    assert percentile([0.3, 0.1, 0.2], 0.5) == 0.2
    assert percentile([float(number) for number in range(1, 101)], 0.95) == 95


def test_a_share_is_ours_of_the_limit() -> None:
    assert beside("moves", 50, 200, aim=0.5) == {
        "bench": "moves", "ours_per_s": 50, "limit_per_s": 200, "share": 0.25, "aim": 0.5,
    }  # fmt: skip
