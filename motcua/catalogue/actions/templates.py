"""The life of a process template: begun, drafted, edited, used by units, sent for approval, published from a day."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.base.words import day, local_day
from motcua.catalogue.actions.processes import publish_process
from motcua.catalogue.actions.versions import NotADraft, NotPublishable
from motcua.catalogue.models import (
    Procedure,
    ProcedureVersion,
    ProcessEdition,
    ProcessTemplate,
    ProcessTrial,
    ProcessUse,
    PublishedProcess,
)
from motcua.catalogue.processes.parameters import Content, resolved
from motcua.catalogue.processes.proofs import errors_in, evidence_of, proofs_of
from motcua.catalogue.processes.proving import prove
from motcua.catalogue.processes.queries import unpublished_settings, uses_of, versions_in_force
from motcua.people.models import Agency, User

State = ProcessEdition.State
BATCH = 500
NOT_CODES = {"thu-tuc", "tai-len", "moi"}
"""Other pages of the workshop stand below these words, so no template is called by one."""


class AlreadyUsed(ValueError):
    """The procedure follows a template in that unit already."""


class DraftExists(ValueError):
    """The template has a draft already."""


class NotSent(ValueError):
    """The draft was not sent for approval."""


class SamePerson(ValueError):
    """Who sent a draft for approval, or set a unit's own hours, does not publish it."""


class DayPassed(ValueError):
    """A process takes effect today or later, and not before the edition it replaces."""


@transaction.atomic
def begin_template(
    *, name: str, content: Mapping[str, Any], procedure: Procedure | None, at: datetime, actor: User | None
) -> ProcessEdition:
    """Begin a template with its first draft; `procedure` follows it in every unit, once it is published.

    Raises AlreadyUsed.
    """
    template = ProcessTemplate.objects.create(code=_free_code(procedure.code if procedure else name), name=name)
    if procedure is not None:
        use_template(template=template, procedure=procedure, unit=None, parameters={})
    return ProcessEdition.objects.create(
        template=template, number=1, content=dict(content), created_at=at, created_by=actor
    )


@transaction.atomic
def draft_edition(*, template: ProcessTemplate, at: datetime, actor: User | None) -> ProcessEdition:
    """Draft the template's next edition, a copy of its newest. Raises DraftExists."""
    ProcessTemplate.objects.select_for_update().get(pk=template.pk)
    newest = template.editions.order_by("-number").first()
    if newest is not None and newest.state == State.DRAFT:
        raise DraftExists(_("Quy trình này đang có bản thảo. Bạn sửa tiếp bản ấy."))
    last: int = template.editions.aggregate(last=Max("number"))["last"] or 0
    return ProcessEdition.objects.create(
        template=template, number=last + 1, content=newest.content if newest else {}, created_at=at, created_by=actor
    )


@transaction.atomic
def edit_draft(*, edition: ProcessEdition, change: Callable[[dict[str, Any]], Content]) -> ProcessEdition:
    """Change what a draft says; `change` gets the content as it stands now, locked. What was sent is taken back.

    Raises NotADraft and whatever `change` raises.
    """
    edition = _locked_draft(edition)
    edition.content = dict(change(edition.content))
    edition.revision += 1
    edition.proposed_at = edition.proposed_by = None
    edition.save(update_fields=["content", "revision", "proposed_at", "proposed_by"])
    return edition


@transaction.atomic
def drop_edition(*, edition: ProcessEdition) -> None:
    """Throw a draft away; a template that was never published goes with its first draft. Raises NotADraft."""
    edition = _locked_draft(edition)
    template = edition.template
    edition.delete()
    if not template.editions.exists():
        template.uses.all().delete()
        template.delete()


@transaction.atomic
def use_template(
    *, template: ProcessTemplate, procedure: Procedure, unit: Agency | None, parameters: Mapping[str, Any]
) -> ProcessUse:
    """Let a procedure follow the template in a unit, or in every unit, from the next publication on. Raises AlreadyUsed."""
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    there = ProcessUse.objects.filter(procedure=procedure, unit=unit).select_related("template").first()
    if there is not None:
        raise AlreadyUsed(
            _("Thủ tục này đã theo quy trình “%(name)s” ở đơn vị ấy. Bạn bỏ nơi dùng cũ rồi thêm lại.")
            % {"name": there.template.name}
        )
    return ProcessUse.objects.create(template=template, procedure=procedure, unit=unit, parameters=dict(parameters))


@transaction.atomic
def set_parameters(*, use: ProcessUse, parameters: Mapping[str, Any], at: datetime, actor: User) -> ProcessUse:
    """Set a unit's own hours and posts; they count from the next publication on, by somebody else."""
    use.parameters, use.set_at, use.set_by = dict(parameters), at, actor
    use.save(update_fields=["parameters", "set_at", "set_by"])
    return use


@transaction.atomic
def drop_use(*, use: ProcessUse) -> None:
    """Let the procedure no longer follow the template there; what is published stays until another takes its place."""
    use.delete()


@transaction.atomic
def propose_edition(*, edition: ProcessEdition, at: datetime, actor: User) -> ProcessEdition:
    """Send a draft for approval. Raises NotADraft, NotPublishable."""
    edition = _locked_draft(edition)
    _require_proved(edition, local_day(at))
    edition.proposed_at, edition.proposed_by = at, actor
    edition.save(update_fields=["proposed_at", "proposed_by"])
    return edition


@transaction.atomic
def return_edition(*, edition: ProcessEdition, reason: str, at: datetime, actor: User) -> ProcessEdition:
    """Send a draft back to who sent it, with what is to be put right. Raises NotADraft, NotSent, SamePerson."""
    edition = _locked_draft(edition)
    _require_sent_by_another(edition, actor)
    edition.proposed_at = edition.proposed_by = None
    edition.returned_at, edition.returned_by, edition.returned_reason = at, actor, reason
    edition.save(update_fields=["proposed_at", "proposed_by", "returned_at", "returned_by", "returned_reason"])
    return edition


@transaction.atomic
def keep_trial(
    *, edition: ProcessEdition, setting: Mapping[str, Any], outcome: Mapping[str, Any], at: datetime, actor: User
) -> ProcessTrial:
    """Keep what came out of a trial of an edition, in place of the one before."""
    kept = {"revision": edition.revision, "tried_at": at, "tried_by": actor}
    said = {"setting": dict(setting), "outcome": dict(outcome)}
    trial, _is_new = ProcessTrial.objects.update_or_create(edition=edition, defaults=kept | said)
    return trial


@transaction.atomic
def publish_edition(
    *, edition: ProcessEdition, effective_from: date, decision_number: str, at: datetime, actor: User
) -> ProcessEdition:
    """Publish a draft that somebody else sent, for every procedure and unit that uses it, from a day.

    From then on the database refuses any change. Raises NotADraft, NotSent, SamePerson, DayPassed, NotPublishable.
    """
    edition = _locked_draft(edition)
    _require_sent_by_another(edition, actor)
    for use in unpublished_settings().filter(template=edition.template, set_by=actor)[:1]:
        _require_set_by_another(use, actor)
    _require_proved(edition, effective_from)
    _replace(edition.template, effective_from, local_day(at))
    edition.state, edition.published_at, edition.published_by = State.PUBLISHED, at, actor
    edition.effective_from, edition.decision_number = effective_from, decision_number
    edition.save()
    _publish_uses(edition, effective_from, at)
    return edition


@transaction.atomic
def publish_use(*, use: ProcessUse, effective_from: date, at: datetime, actor: User) -> PublishedProcess:
    """Publish the edition in force for one use, with what somebody else set for the unit, from a day.

    Raises DayPassed, NotSent, SamePerson, NotPublishable.
    """
    use = (
        ProcessUse.objects.select_for_update(of=("self",))
        .select_related("template", "procedure", "unit")
        .get(pk=use.pk)
    )
    _require_set_by_another(use, actor)
    edition = use.template.editions.filter(state=State.PUBLISHED).first()
    if edition is None:
        raise NotSent(_("Quy trình mẫu này chưa ban hành lần nào."))
    today = local_day(at)
    if effective_from < max(today, edition.effective_from or today):
        raise DayPassed(_("Ngày áp dụng phải từ hôm nay, và không trước ngày quy trình mẫu áp dụng."))
    content = resolved(edition.content, use.parameters)
    _require_sound(content, versions_in_force([use.procedure_id]), use.unit)
    return publish_process(
        procedure=use.procedure, unit=use.unit, content=content, edition=edition, effective_from=effective_from,
        decision_number=edition.decision_number, at=at, actor=actor,
    )  # fmt: skip


def _publish_uses(edition: ProcessEdition, effective_from: date, at: datetime) -> None:
    """Add a published process for each use; parsed anew only where a unit set something of its own."""
    rows = []
    uses = list(edition.template.uses.select_related("unit"))
    versions = versions_in_force({use.procedure_id for use in uses if use.parameters})
    for use in uses:
        content = resolved(edition.content, use.parameters)
        if use.parameters:
            _require_sound(content, [one for one in versions if one.procedure_id == use.procedure_id], use.unit)
        rows.append(
            PublishedProcess(
                procedure_id=use.procedure_id, unit_id=use.unit_id, edition=edition, content=content,
                effective_from=effective_from, decision_number=edition.decision_number, published_at=at,
                published_by=edition.published_by,
            )
        )  # fmt: skip
    PublishedProcess.objects.bulk_create(rows, batch_size=BATCH)


def _replace(template: ProcessTemplate, effective_from: date, on: date) -> None:
    """Retire the edition in force as of the day before the new one."""
    old = template.editions.select_for_update(of=("self",)).filter(state=State.PUBLISHED).first()
    first = max(on, old.effective_from or on) if old else on
    if effective_from < first:
        raise DayPassed(
            _("Ngày áp dụng sớm nhất là %(first)s: hôm nay, hoặc ngày bản đang dùng bắt đầu áp dụng.")
            % {"first": day(first)}
        )
    if old is not None:
        template.editions.filter(pk=old.pk).update(state=State.RETIRED, effective_to=effective_from - timedelta(days=1))


def _require_proved(edition: ProcessEdition, on: date) -> None:
    """Refuse a draft with errors in any proof, for the posts held on a day."""
    uses = list(uses_of(edition.template))
    versions = versions_in_force({use.procedure_id for use in uses})
    if faults := errors_in(prove(edition.content, versions, uses, on)):
        raise NotPublishable(faults)


def _require_sound(content: Content, versions: list[ProcedureVersion], unit: Agency | None) -> None:
    """Refuse what a unit's own hours and posts make wrong, naming the unit."""
    if faults := errors_in(proofs_of(evidence_of(content, versions))):
        raise NotPublishable([f"{unit.short_name}: {fault}" if unit else fault for fault in faults])


def _require_sent_by_another(edition: ProcessEdition, actor: User) -> None:
    if edition.proposed_by_id is None:
        raise NotSent(_("Bản thảo này chưa được gửi duyệt, hoặc vừa được sửa sau khi gửi. Bạn gửi duyệt lại."))
    if edition.proposed_by_id == actor.pk:
        raise SamePerson(_("Bạn là người gửi duyệt bản này, nên người khác phải duyệt và ban hành nó."))


def _require_set_by_another(use: ProcessUse, actor: User) -> None:
    """Refuse what the actor set for a unit, and what nobody is known to have set."""
    if use.parameters and use.set_by_id is None:
        raise NotSent(_("Không rõ ai đã đặt giờ riêng ở đây. Bạn bấm lưu lại giờ, rồi người khác ban hành."))
    if use.set_by_id == actor.pk:
        place = use.unit.short_name if use.unit else use.procedure.code
        raise SamePerson(
            _("Bạn là người đặt giờ riêng của %(place)s, nên người khác phải ban hành.") % {"place": place}
        )


def _locked_draft(edition: ProcessEdition) -> ProcessEdition:
    locked = ProcessEdition.objects.select_for_update(of=("self",)).select_related("template").filter(pk=edition.pk)
    found = locked.first()
    if found is None or found.state != State.DRAFT:
        raise NotADraft(_("Bản này không còn là bản thảo: ai đó đã ban hành hoặc bỏ nó. Muốn sửa, bạn soạn bản mới."))
    return found


def _free_code(wanted: str) -> str:
    code = slugify(fold(wanted).replace(".", "-"))[:50] or "quy-trinh"
    taken = set(ProcessTemplate.objects.filter(code__startswith=code).values_list("code", flat=True))
    taken |= NOT_CODES
    return next(
        free for number in range(1, len(taken) + 2) if (free := f"{code}-{number}" if number > 1 else code) not in taken
    )
