"""What is wrong with a plan in the province as it stands: all of it at once, each with its place in the file."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.base.words import day
from motcua.people.models import Agency, CalendarVersion, Officer, Place, Post
from motcua.people.reorganising.plan import BadPlan, Fault, Holding, NewAgency, Plan
from motcua.people.reorganising.succession import Succession, Unit, successions
from motcua.people.reorganising.tree import units_of
from motcua.people.roles import Role, clashing
from motcua.people.subjects import SUBJECTS


def check_plan(plan: Plan, of_shape: Collection[Fault], today: date) -> Succession:
    """Return who takes over from whom; raise BadPlan with every fault, those of the file's shape first."""
    units = units_of(plan)
    succession, faults = successions(plan, units)
    closing = set(succession.heirs)
    faults = [
        *of_shape,
        *_of_day(plan, today),
        *_of_places(plan),
        *_of_agencies(plan, units, closing),
        *_of_raised(plan, units, closing),
        *faults,
        *_of_holdings(plan, units, closing),
    ]
    if faults:
        raise BadPlan(faults)
    return succession


def _of_day(plan: Plan, today: date) -> Iterator[Fault]:
    if plan.on < today:
        yield Fault("on", _("%(on)s đã qua. Bạn chọn từ hôm nay trở đi.") % {"on": day(plan.on)})


def _of_places(plan: Plan) -> Iterator[Fault]:
    before = set(Place.objects.valid_on(plan.last_day).values_list("code", flat=True))
    today = set(Place.objects.valid_on(plan.on).values_list("level", "code"))
    codes = {code for _level, code in today} | {new.code for new in plan.places}
    replaced: dict[str, str] = {}
    for new in plan.places:
        if (new.level, new.code) in today and new.code not in new.replaces:
            yield Fault(f"{new.where}.code", _("đã có địa bàn mang mã «%(code)s».") % {"code": new.code})
        if new.parent and new.parent not in codes:
            yield Fault(f"{new.where}.parent", _("không có địa bàn nào mang mã «%(code)s».") % {"code": new.parent})
        for code in new.replaces:
            if code not in before:
                yield Fault(f"{new.where}.replaces", _("không có địa bàn nào mang mã «%(code)s».") % {"code": code})
            elif code in replaced:
                text = _("địa bàn «%(code)s» đã nhập vào nơi khác ở %(where)s.")
                yield Fault(f"{new.where}.replaces", text % {"code": code, "where": replaced[code]})
            replaced.setdefault(code, new.where)


def _of_agencies(plan: Plan, units: Mapping[str, Unit], closing: Collection[str]) -> Iterator[Fault]:
    taken = set(Agency.objects.filter(code__in=[new.code for new in plan.agencies]).values_list("code", flat=True))
    places = set(Place.objects.valid_on(plan.on).values_list("code", flat=True)) | {new.code for new in plan.places}
    calendars = set(CalendarVersion.objects.filter(published_at__isnull=False).values_list("calendar__code", flat=True))
    seen: set[str] = set()
    for new in plan.agencies:
        if new.code in taken or new.code in seen:
            yield Fault(f"{new.where}.code", _("mã «%(code)s» đã có cơ quan khác dùng.") % {"code": new.code})
        seen.add(new.code)
        if new.place and new.place not in places:
            yield Fault(f"{new.where}.place", _("không có địa bàn nào mang mã «%(code)s».") % {"code": new.place})
        if new.calendar and new.calendar not in calendars:
            text = _("không có lịch làm việc nào đã công bố mang mã «%(code)s».")
            yield Fault(f"{new.where}.calendar", text % {"code": new.calendar})
        yield from _of_one(new, units, closing)


def _of_one(new: NewAgency, units: Mapping[str, Unit], closing: Collection[str]) -> Iterator[Fault]:
    if new.subject and new.subject not in SUBJECTS:
        text = _("không có mảng việc «%(subject)s». Có thể ghi: %(choices)s.")
        yield Fault(f"{new.where}.subject", text % {"subject": new.subject, "choices": ", ".join(SUBJECTS)})
    if new.type == Agency.Type.COMMUNE and not new.place:
        yield Fault(f"{new.where}.place", _("UBND cấp xã cần địa bàn, để hồ sơ tìm được nó."))
    if not new.parent and not new.calendar:
        yield Fault(f"{new.where}.calendar", _("cơ quan không có cấp trên cần lịch làm việc của mình."))
    if new.parent:
        yield from _of_parent(f"{new.where}.parent", new.code, new.parent, units, closing)


def _of_raised(plan: Plan, units: Mapping[str, Unit], closing: Collection[str]) -> Iterator[Fault]:
    for raised in plan.raised:
        unit = units.get(raised.unit)
        if unit is None or not unit.existed or raised.unit in closing:
            text = _("không có cơ quan nào mang mã «%(code)s» còn hoạt động từ ngày sắp xếp.")
            yield Fault(f"{raised.where}.unit", text % {"code": raised.unit})
        else:
            yield from _of_parent(f"{raised.where}.under", raised.unit, raised.under, units, closing)


def _of_parent(
    where: str, code: str, parent: str, units: Mapping[str, Unit], closing: Collection[str]
) -> Iterator[Fault]:
    above, way = parent, [code]
    while above in units and above not in way:
        way.append(above)
        above = units[above].parent
    if parent not in units:
        yield Fault(where, _("không có cơ quan nào mang mã «%(code)s».") % {"code": parent})
    elif parent in closing or not units[parent].lives:
        yield Fault(where, _("%(unit)s không hoạt động từ ngày sắp xếp.") % {"unit": units[parent].name})
    elif above == code:
        yield Fault(where, _("cơ quan này sẽ nằm dưới chính nó."))


def _of_holdings(plan: Plan, units: Mapping[str, Unit], closing: Collection[str]) -> Iterator[Fault]:
    named: set[str] = set()
    for holding in plan.holdings:
        officer = Officer.objects.filter(user__email__iexact=holding.officer).first()
        if officer is None:
            text = _("không có cán bộ nào có thư điện tử «%(email)s».")
            yield Fault(f"{holding.where}.officer", text % {"email": holding.officer})
            continue
        if holding.officer.lower() in named:
            yield Fault(f"{holding.where}.officer", _("cán bộ này đã được nêu ở trên; bạn gộp lại làm một."))
        named.add(holding.officer.lower())
        for number, (code, _role) in enumerate(holding.posts):
            if code not in units or code in closing or not units[code].lives:
                text = _("không có đơn vị nào mang mã «%(code)s» hoạt động từ ngày sắp xếp.")
                yield Fault(f"{holding.where}.posts[{number}].unit", text % {"code": code})
        yield from _of_duties(plan, holding, officer, closing)


def _of_duties(plan: Plan, holding: Holding, officer: Officer, closing: Collection[str]) -> Iterator[Fault]:
    """Yield the first pair of duties the law keeps apart that the officer would hold."""
    kept = Post.objects.valid_on(plan.on).filter(officer=officer).exclude(unit__code__in=closing)
    roles = [
        Role(role) for role in (*(role for _unit, role in holding.posts), *kept.values_list("role", flat=True)) if role
    ]
    pairs = ((one, other) for place, one in enumerate(roles) for other in roles[place + 1 :] if clashing(one, other))
    for one, other in pairs:
        text = _(
            "%(officer)s không thể vừa là %(one)s vừa là %(other)s: người thẩm định, người ký và người cấp số phải khác nhau."
        )
        words = {"officer": officer.full_name, "one": one.label.lower(), "other": other.label.lower()}
        yield Fault(f"{holding.where}.posts", text % words)
        return
