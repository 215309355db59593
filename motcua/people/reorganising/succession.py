"""Who takes over from whom: what the plan says of a unit, and what follows for everything below it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from motcua.people.models import Agency
from motcua.people.reorganising.plan import Ending, Fault, Plan


@dataclass(frozen=True)
class Unit:
    """A unit as the plan sees it, by codes. `existed`: on the last day before; `lives`: on the day, if nobody ends it."""

    code: str
    name: str
    type: str
    subject: str = ""
    parent: str = ""
    place: str = ""
    existed: bool = True
    lives: bool = True

    @property
    def kind(self) -> tuple[str, str]:
        """What the unit does: two centres are alike whatever their level, others by type and subject."""
        return ("centre" if self.type in Agency.CENTRES else self.type), self.subject


@dataclass(frozen=True)
class Succession:
    """What ends, in the order of the tree, and who takes over.

    `heirs`: unit → who takes over its work, then who else reads its past. `in_commune`: (unit, commune) → who takes over
    the work that lies there, where that is not the first heir.
    """

    heirs: Mapping[str, tuple[str, ...]]
    in_commune: Mapping[tuple[str, str], str] = field(default_factory=dict)


def successions(plan: Plan, units: Mapping[str, Unit]) -> tuple[Succession, list[Fault]]:
    """Return who takes over from whom, and every reason why the plan does not say so.

    `units`: by code, those of the last day, those of the day, and those the plan opens.
    """
    return _Planned(plan, units).settled()


class _Planned:
    """The tree as it will be, and the faults found on the way."""

    def __init__(self, plan: Plan, units: Mapping[str, Unit]) -> None:
        self.faults: list[Fault] = []
        self.units = dict(units)
        for raised in plan.raised:
            if raised.unit in self.units:
                self.units[raised.unit] = replace(self.units[raised.unit], parent=raised.under)
        self.below: dict[str, list[Unit]] = {}
        for unit in sorted(self.units.values(), key=lambda unit: unit.code):
            self.below.setdefault(unit.parent, []).append(unit)
        self.said = self._endings(plan.endings)
        self.closing = self._closing({raised.unit for raised in plan.raised})

    def settled(self) -> tuple[Succession, list[Fault]]:
        heirs: dict[str, tuple[str, ...]] = {}
        for code in self.closing:
            found = self._said_heirs(self.said[code]) if code in self.said else self._matching_heirs(code, heirs)
            if found:
                heirs[code] = found
        return Succession(heirs, self._in_communes(heirs)), self.faults

    def _endings(self, endings: Iterable[Ending]) -> dict[str, Ending]:
        said: dict[str, Ending] = {}
        for ending in endings:
            unit, fault = self.units.get(ending.unit), ""
            if ending.unit in said:
                fault = _("%(unit)s đã có ở %(where)s; một đơn vị chỉ kết thúc một lần.") % {
                    "unit": ending.unit, "where": said[ending.unit].where,
                }  # fmt: skip
            elif unit is None:
                fault = _("không có cơ quan nào mang mã «%(code)s».") % {"code": ending.unit}
            elif not unit.existed:
                fault = _("%(unit)s không hoạt động vào ngày trước ngày sắp xếp nên không thể kết thúc.") % {
                    "unit": unit.name
                }
            if fault:
                self.faults.append(Fault(f"{ending.where}.unit", fault))
            else:
                said[ending.unit] = ending
        return said

    def _closing(self, going_on: set[str]) -> dict[str, str]:
        """Return every unit that ends, each after the one above it, with the ending in the plan it follows from."""
        closing: dict[str, str] = {}
        tops = sorted(self.said, key=lambda code: len(self._way(code)))
        stack = [(code, code) for code in reversed(tops)]
        while stack:
            code, because = stack.pop()
            if code in closing:
                continue
            closing[code] = code if code in self.said else because
            children = (unit.code for unit in self.below.get(code, ()) if unit.existed and unit.code not in going_on)
            stack += [(child, closing[code]) for child in children]
        return closing

    def _way(self, code: str) -> list[str]:
        way: list[str] = []
        while code in self.units and code not in way:
            way.append(code)
            code = self.units[code].parent
        return way

    def _said_heirs(self, ending: Ending) -> tuple[str, ...]:
        """Return the heirs the plan names, if they may take over."""
        where, faults = f"{ending.where}.into", len(self.faults)
        for code in ending.into:
            heir = self.units.get(code)
            if heir is None:
                text = _("không có cơ quan nào mang mã «%(code)s», cũng không được mở trong tệp này.") % {"code": code}
            elif code in self.closing:
                text = self._ends_itself(ending, code)
            elif not heir.lives:
                text = _("%(heir)s không hoạt động vào ngày sắp xếp nên không kế thừa được.") % {"heir": heir.name}
            else:
                continue
            self.faults.append(Fault(where, text))
        return ending.into if len(self.faults) == faults else ()

    def _ends_itself(self, ending: Ending, heir: str) -> str:
        way = [ending.unit]
        while heir in self.said and heir not in way and self.said[heir].into:
            way.append(heir)
            heir = self.said[heir].into[0]
        if heir in way:
            return _("kế thừa đi vòng tròn: %(way)s. Một cơ quan trong đó phải còn hoạt động.") % {
                "way": " → ".join([*way[way.index(heir) :], heir])
            }
        return _("%(heir)s cũng kết thúc theo phương án này. Bạn ghi cơ quan cuối cùng nhận việc.") % {
            "heir": self.units[ending.into[0]].name
        }

    def _matching_heirs(self, code: str, heirs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Return the unit below the parent's heir that does the same; a fault where there is none, or more than one."""
        unit = self.units[code]
        if unit.parent not in heirs:
            return ()  # what is wrong with the parent has been said
        above = self.units[heirs[unit.parent][0]]
        alike = self._alike(unit, above.code)
        if len(alike) == 1:
            return (alike[0],)
        ending = self.said[self.closing[code]]
        if alike:
            text = _(
                "%(unit)s: %(heir)s có nhiều đơn vị làm việc ấy (%(codes)s). Bạn ghi riêng đơn vị này trong «end»."
            )
        else:
            text = _(
                "%(unit)s (%(code)s): %(heir)s không có đơn vị nào làm việc ấy. Bạn mở một đơn vị, hoặc ghi riêng trong «end»."
            )
        words = {"unit": unit.name, "code": code, "heir": above.name, "codes": ", ".join(alike)}
        self.faults.append(Fault(ending.where, text % words))
        return ()

    def _alike(self, unit: Unit, above: str) -> list[str]:
        going_on = [one for one in self.below.get(above, ()) if one.lives and one.code not in self.closing]
        alike = [one for one in going_on if one.kind == unit.kind]
        same_type = [one for one in alike if one.type == unit.type]
        return [one.code for one in same_type or alike]

    def _in_communes(self, heirs: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, str], str]:
        """Return who takes over what lies in each commune from the units that are shared out by place."""
        committees = self._committees(heirs)
        shared: dict[tuple[str, str], str] = {}
        for code in heirs:
            if self.said[self.closing[code]].by_place:
                for commune, committee in committees.items():
                    is_part = self.units[code].parent in heirs
                    heir = self._part(self.units[code], committee) if is_part else committee
                    if heir != heirs[code][0]:
                        shared[code, commune] = heir
        return shared

    def _part(self, unit: Unit, committee: str) -> str:
        """Return the one part of the committee that does what the unit did, else the committee itself."""
        alike = self._alike(unit, committee)
        return alike[0] if len(alike) == 1 else committee

    def _committees(self, heirs: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """Return the committee of every commune from the day on; what a code meant before counts for what is old."""
        communes = [unit for unit in self.units.values() if unit.type == Agency.Type.COMMUNE and unit.place]
        today = {unit.place: unit.code for unit in communes if unit.lives and unit.code not in self.closing}
        before = {unit.place: heirs[unit.code][0] for unit in communes if unit.code in heirs}
        return today | before
