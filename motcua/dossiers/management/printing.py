"""A reckoning as the commands print it."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from motcua.dossiers.clock import Reckoning, explain


def as_json(reckoning: Reckoning) -> str:
    """Return the due moment and its lines as one JSON object."""
    moments = ("due_at", "counted_from", "reached_at")
    result: dict[str, Any] = {name: _iso(getattr(reckoning, name)) for name in moments}
    result["total_minutes"] = reckoning.total_minutes
    result["paused_minutes"] = reckoning.paused_minutes
    result["lines"] = [asdict(line) | {"at": _iso(line.at)} for line in explain(reckoning)]
    return json.dumps(result, ensure_ascii=False)


def as_text(reckoning: Reckoning) -> str:
    """Return the lines as a person reads them, amounts in a column."""
    lines = explain(reckoning)
    width = max(len(line.title) for line in lines)
    return "\n".join(
        f"{line.title:<{width}}  {line.amount}" + (f"\n    {line.detail}" if line.detail else "") for line in lines
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
