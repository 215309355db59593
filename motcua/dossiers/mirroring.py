"""Reading what another system says of its dossiers: the shape of the file, and every fault of it in words.

{"system": "…", "read_at": "2026-11-22T08:00+07:00", "dossiers": [{"code", "procedure_code", "procedure_name", "unit"
(code of an agency here, or ""), "unit_name", "status", "received_at", "due_at", "finished_at"}]}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

NEEDED = ("code", "procedure_name", "unit_name", "status")
MOMENTS = ("received_at", "due_at", "finished_at")


class BadMirror(ValueError):
    """The file cannot be read as it should be; `faults` names everything, in Vietnamese."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Reflection:
    """One dossier as another system says it stands."""

    code: str
    procedure_code: str
    procedure_name: str
    unit: str
    unit_name: str
    status: str
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Mirror:
    """What one system said at one moment."""

    system: str
    read_at: datetime
    dossiers: tuple[Reflection, ...]


def read(data: Any) -> Mirror:
    """Return what the file says; raise BadMirror naming every fault at once."""
    if not isinstance(data, Mapping) or not isinstance(data.get("dossiers"), list):
        raise BadMirror(["Tệp phải là một đối tượng có “system”, “read_at” và danh sách “dossiers”."])
    faults: list[str] = []
    system = data.get("system")
    if not isinstance(system, str) or not system.strip():
        faults.append("Thiếu “system”: tên hệ thống đang giữ các hồ sơ này.")
    read_at = _moment(data.get("read_at"), "read_at", "Tệp", faults)
    if read_at is None and not any("read_at" in fault for fault in faults):
        faults.append("Thiếu “read_at”: lúc đọc từ hệ thống ấy.")
    found = [_reflection(number, row, faults) for number, row in enumerate(data["dossiers"], start=1)]
    codes = [one.code for one in found if one]
    faults += [f"Mã “{code}” đứng hai lần." for code in sorted({code for code in codes if codes.count(code) > 1})]
    if faults or read_at is None:
        raise BadMirror(faults)
    return Mirror(str(system).strip(), read_at, tuple(one for one in found if one))


def _reflection(number: int, row: Any, faults: list[str]) -> Reflection | None:
    where = f"Hồ sơ thứ {number}"
    if not isinstance(row, Mapping):
        faults.append(f"{where}: phải là một đối tượng.")
        return None
    missing = [name for name in NEEDED if not isinstance(row.get(name), str) or not row[name].strip()]
    faults += [f"{where}: thiếu “{name}”." for name in missing]
    received_at, due_at, finished_at = (_moment(row.get(name), name, where, faults) for name in MOMENTS)
    texts = {name: str(row.get(name) or "").strip() for name in (*NEEDED, "procedure_code", "unit")}
    if missing:
        return None
    return Reflection(**texts, received_at=received_at, due_at=due_at, finished_at=finished_at)


def _moment(text: Any, name: str, where: str, faults: list[str]) -> datetime | None:
    """Read a moment written with its offset; nothing is nothing, anything else is a fault."""
    if text in (None, ""):
        return None
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        at = None
    if at is None or at.tzinfo is None:
        faults.append(f"{where}: “{name}” phải như 2026-11-22T08:00+07:00.")
        return None
    return at
