"""Liên thông for tests: two more agencies with an inner procedure each, and lives of legs between them."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.base.text import fold
from motcua.catalogue.models import Case, Field, Procedure, ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Leg, Step
from motcua.people.models import Agency, Officer, Post, User, WorkingCalendar
from motcua.people.roles import Role
from tests.turning import working
from tests.world import LONG_AGO, PROCESS, World, document, make_world, vn

SENT, TAKEN, WORKED, DONE = (vn(f"2026-11-{day} 09:00") for day in ("03", "04", "05", "06"))
ROLES = {"specialist": Role.SPECIALIST, "division_head": Role.DIVISION_HEAD, "signer": Role.SIGNER, "clerk": Role.CLERK}
CAPACITY = {"work": By.OFFICER, "sign": By.SIGNER, "issue": By.CLERK}


@dataclass
class Partner:
    """An agency a leg goes to: its officers by role, and the procedure it resolves."""

    agency: Agency
    version: ProcedureVersion
    posts: dict[str, Post]

    def actor(self, by: By, role: str) -> Actor:
        post = self.posts[role]
        return Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id)

    @property
    def head(self) -> Actor:
        """Whoever assigns there: it has no counter."""
        return self.actor(By.LEADER, "division_head")


@dataclass
class Three:
    """The world's commune, a department with a division, and one without."""

    world: World
    construction: Partner
    land: Partner


def make_three() -> Three:
    """Make them; called once per test that needs it."""
    return add_partners(make_world())


def add_partners(world: World) -> Three:
    """Add the two departments to a world."""
    return Three(world, _partner("Sở Xây dựng", "construction", divided=True), _partner("Sở Nông nghiệp", "land"))


def _partner(name: str, subject: str, *, divided: bool = False) -> Partner:
    number = Agency.objects.count() + 1
    calendar = WorkingCalendar.objects.get(code="vn")
    agency = _unit(f"H57.{number}", name, Agency.Type.DEPARTMENT, subject, calendar=calendar)
    unit = (
        _unit(f"H57.{number}.1", f"Phòng chuyên môn {name}", "division", subject, parent=agency) if divided else agency
    )
    posts = {
        role: _post(f"{name} {role}", agency if role in {"signer", "clerk"} else unit, ROLES[role]) for role in ROLES
    }
    return Partner(agency, _inner_procedure(name, subject), posts)


def _unit(code: str, name: str, type_: str, subject: str, **more: object) -> Agency:
    agency = Agency.objects.create(code=code, name=name, short_name=name, type=type_, subject=subject, **more)
    agency.path = [*(agency.parent.path if agency.parent else []), agency.pk]
    agency.save(update_fields=["path"])
    return agency


def _post(name: str, unit: Agency, role: Role) -> Post:
    user = User.objects.create_user(
        email=f"{fold(name).replace(' ', '.')}@vidu.vn", password="mat-khau-dai", full_name=name
    )
    officer = Officer.objects.create(user=user, full_name=name)
    return Post.objects.create(officer=officer, unit=unit, role=role, valid_from=date(2020, 1, 1))


def _inner_procedure(name: str, subject: str) -> ProcedureVersion:
    field, _new = Field.objects.get_or_create(code="NB", defaults={"name": "Nội bộ"})
    procedure = Procedure.objects.create(code=f"NB.{subject}", field=field, type=Procedure.Type.INTERNAL)
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, origin="province", created_at=LONG_AGO, name=f"{name} cho ý kiến chuyên ngành",
        levels=["province"], competent_subject=subject, process=PROCESS,
        results=[{"code": "VB", "name": "Văn bản trả lời"}],
    )  # fmt: skip
    Case.objects.create(version=version, code="01", name="Mọi trường hợp", term_quantity=5, term_unit="working_days")
    version.state, version.published_at = "published", LONG_AGO
    version.save()
    return version


# --- lives -----------------------------------------------------------------------------------------------------------


def send(three: Three, dossier: Dossier, partner: Partner, at: datetime = SENT, *, required: bool = True) -> Leg:
    """Send all papers of the dossier, as who holds its running step, for five working days."""
    papers = list(dossier.papers.values_list("pk", flat=True))
    sending = actions.Sending(
        partner.agency, partner.version, "Cho biết chỉ giới đường đỏ", papers, days=5, is_required=required
    )
    return actions.send_leg(dossier_id=dossier.pk, actor=holder(three, dossier), at=at, sending=sending)


def holder(three: Three, dossier: Dossier) -> Actor:
    """Return the officer whose step runs, wherever it is."""
    step = dossier.steps.get(done_at=None)
    post = Post.objects.filter(unit=step.unit, role=step.role).order_by("pk")[0]
    return Actor(by=CAPACITY[step.kind], officer_id=post.officer_id, unit_id=post.unit_id)


def taken(three: Three, partner: Partner, at: datetime = TAKEN) -> Leg:
    """Send a leg to the partner, which receives it."""
    leg = send(three, working(three.world), partner)
    actions.take_leg(dossier_id=leg.child_id or 0, actor=partner.head, at=at)
    return leg


def finish(three: Three, part: Dossier, at: datetime = DONE, number: str = "88/SXD") -> None:
    """Take a part through its process to its issue: it goes back to who sent it."""
    while True:
        step = Step.objects.filter(dossier=part, done_at=None).first()
        if step is None:
            return
        actor = holder(three, part)
        if step.kind == Step.Kind.WORK:
            actions.complete_step(dossier_id=part.pk, actor=actor, at=at, draft=document("tra-loi.pdf"))
        elif step.kind == Step.Kind.SIGN:
            actions.sign_off(dossier_id=part.pk, actor=actor, at=at)
        else:
            actions.issue(dossier_id=part.pk, actor=actor, at=at, number=number)


def back(three: Three) -> Leg:
    """Send a leg, have it received, done and given back."""
    leg = taken(three, three.construction)
    finish(three, Dossier.objects.get(pk=leg.child_id))
    leg.refresh_from_db()
    return leg
