"""Who holds which post and who stands in: the only source of rights (Nghị định 309/2026/NĐ-CP, Điều 6: substitution)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.words import day, local_day, start_of
from motcua.people.models import Agency, Delegation, Officer, Post
from motcua.people.roles import Role, clashing


class AlreadyAppointed(ValueError):
    """The officer already holds this role in this unit on some of these days."""


class DutiesNotSeparate(ValueError):
    """One person would hold two duties the law keeps apart."""


class UnitClosed(ValueError):
    """The unit does not exist on the first day of the post."""


class BadPeriod(ValueError):
    """A period ends before it starts, or lies outside what it belongs to."""


@transaction.atomic
def appoint(
    *, officer: Officer, unit: Agency, role: Role | str, valid_from: date, valid_to: date | None = None
) -> Post:
    """Give an officer a role in a unit, from one day to another, both included.

    Raise BadPeriod, UnitClosed, AlreadyAppointed, DutiesNotSeparate.
    """
    Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    check_appointment(officer=officer, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to)
    return Post.objects.create(officer=officer, unit=unit, role=Role(role), valid_from=valid_from, valid_to=valid_to)


def check_appointment(
    *, officer: Officer, unit: Agency, role: Role | str, valid_from: date, valid_to: date | None
) -> None:
    """Raise what `appoint` would raise."""
    role = Role(role)
    if valid_to is not None and valid_to < valid_from:
        raise BadPeriod(_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
    if not Agency.objects.valid_on(valid_from).filter(pk=unit.pk).exists():
        raise UnitClosed(
            _("%(unit)s không hoạt động vào ngày %(on)s. Bạn chọn đơn vị hoặc ngày khác.")
            % {"unit": unit.name, "on": day(valid_from)}
        )
    held = _overlapping(officer, valid_from, valid_to)
    if any(post.unit_id == unit.pk and post.role == role for post in held):
        raise AlreadyAppointed(
            _("%(officer)s đã giữ vai trò %(role)s ở %(unit)s trong thời gian này.")
            % {"officer": officer.full_name, "role": role.label, "unit": unit.short_name}
        )
    keep_duties_apart(officer=officer, role=role, held=_roles_held(officer, valid_from, valid_to))


@transaction.atomic
def end_post(*, post: Post, ended_on: date) -> Post:
    """End a post after the day `ended_on`; raise BadPeriod when it had not begun by then or has ended before."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if ended_on < post.valid_from or (post.valid_to is not None and post.valid_to < ended_on):
        raise BadPeriod(_("Ngày kết thúc phải nằm trong thời gian giữ vị trí."))
    post.valid_to = ended_on
    post.save(update_fields=["valid_to"])
    return post


@transaction.atomic
def delegate(
    *, post: Post, to_officer: Officer, starts_at: datetime, ends_at: datetime, reason: str, by: Officer | None = None
) -> Delegation:
    """Lend a post to another officer from `starts_at` until before `ends_at`; `by` is who decided it.

    Raise BadPeriod, DutiesNotSeparate: see check_lending.
    """
    check_lending(post=post, to_officer=to_officer, starts_at=starts_at, ends_at=ends_at)
    return Delegation.objects.create(
        post=post, to_officer=to_officer, starts_at=starts_at, ends_at=ends_at, reason=reason, made_by=by
    )


@transaction.atomic
def end_delegation(*, delegation: Delegation, ends_at: datetime, by: Officer | None = None) -> Delegation:
    """Cut a delegation short at `ends_at`; raise BadPeriod when that is not within it. One not begun yet: cancel it."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if not delegation.starts_at < ends_at <= delegation.ends_at:
        raise BadPeriod(_("Chỉ kết thúc được một ủy quyền đang có hiệu lực."))
    delegation.ends_at, delegation.ended_by = ends_at, by
    delegation.save(update_fields=["ends_at", "ended_by"])
    return delegation


@transaction.atomic
def cancel_delegation(*, delegation: Delegation, at: datetime) -> None:
    """Remove a delegation that has not begun at `at`, so nobody ever acted by it; else raise BadPeriod."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if delegation.starts_at <= at:
        raise BadPeriod(_("Ủy quyền này đã bắt đầu nên không hủy được. Bạn kết thúc nó thay vì hủy."))
    delegation.delete()


def check_lending(*, post: Post, to_officer: Officer, starts_at: datetime, ends_at: datetime) -> None:
    """Raise BadPeriod or DutiesNotSeparate when the post may not be lent so.

    Signing may go to the head of a division (Nghị định 30/2020/NĐ-CP, Điều 13 khoản 3), every other duty only to someone
    who holds none the law keeps apart from it.
    """
    if ends_at <= starts_at:
        raise BadPeriod(_("Lúc kết thúc ủy quyền phải sau lúc bắt đầu."))
    first, last = local_day(starts_at), local_day(ends_at)
    if first < post.valid_from or (post.valid_to is not None and last > post.valid_to):
        raise BadPeriod(_("Thời gian ủy quyền phải nằm trong thời gian người ủy quyền giữ vị trí."))
    if to_officer.pk == post.officer_id:
        raise BadPeriod(_("Không thể ủy quyền cho chính mình. Bạn chọn một cán bộ khác."))
    held = _roles_held(to_officer, first, last)
    if post.role == Role.SIGNER:
        held = [role for role in held if role is not Role.DIVISION_HEAD]
    keep_duties_apart(officer=to_officer, role=Role(post.role), held=held)


def _overlapping(officer: Officer, first: date, last: date | None) -> list[Post]:
    """Return the officer's posts that share a day with the period."""
    posts = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first), officer=officer)
    return list(posts if last is None else posts.filter(valid_from__lte=last))


def _roles_held(officer: Officer, first: date, last: date | None) -> list[Role]:
    """Return the roles of the officer's posts, own and borrowed, that share a day with the period."""
    lent = Delegation.objects.filter(to_officer=officer, ends_at__gt=start_of(first)).select_related("post")
    lent = lent if last is None else lent.filter(starts_at__lt=start_of(last + timedelta(days=1)))
    own = [post.role for post in _overlapping(officer, first, last)]
    return [Role(role) for role in [*own, *(delegation.post.role for delegation in lent)]]


def keep_duties_apart(*, officer: Officer, role: Role, held: Iterable[Role]) -> None:
    """Raise DutiesNotSeparate when the law keeps `role` apart from one of the roles held."""
    for other in held:
        if clashing(role, other):
            raise DutiesNotSeparate(
                _(
                    "%(officer)s đang là %(other)s nên không thể đồng thời là %(role)s: người thẩm định, người ký và người cấp số phải khác nhau."
                )
                % {"officer": officer.full_name, "other": other.label.lower(), "role": role.label.lower()}
            )
