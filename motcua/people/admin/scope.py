"""Whose rows a person sees: a unit administrator those of their units and all below, a system administrator all."""

from typing import Any, cast

from django.db.models import Exists, ForeignKey, OuterRef, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils import timezone

from motcua.base.administration import ActsAdmin
from motcua.base.words import local_day
from motcua.people.admin_rights import administers_all_units
from motcua.people.models import Agency, AgencyQuerySet, Delegation, Officer, Post, User
from motcua.people.queries import units_administered
from motcua.people.roles import roles_within_units


class ScopedAdmin(ActsAdmin):
    """A table of which only the rows in scope are listed, opened, searched and chosen from."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows in scope."""
        return in_scope(request, super().get_queryset(request))

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """Let only rows in scope be chosen, also by whoever writes the form themselves."""
        model = db_field.remote_field.model
        kwargs.setdefault("queryset", in_scope(request, model._default_manager.all()))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def in_scope(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep of agencies, officers, posts and delegations what the person administers; other tables stay whole.

    An officer is in scope by a post there, of today or before, or by having none anywhere yet. A post that reaches
    beyond its unit is nobody's but the system administrator's.
    """
    if administers_all_units(request.user):
        return rows
    units = units_of(request)
    posts = Post.objects.filter(unit__in=units, role__in=roles_within_units())
    # fmt: off
    scopes = {
        Agency:     Q(pk__in=units),
        Post:       Q(pk__in=posts),
        Delegation: Q(post__in=posts),
        Officer:    Exists(posts.filter(officer=OuterRef("pk"))) | ~Exists(Post.objects.filter(officer=OuterRef("pk"))),
    }
    # fmt: on
    scope = scopes.get(rows.model)
    return rows if scope is None else rows.filter(scope)


def units_of(request: HttpRequest) -> AgencyQuerySet:
    """Return the units the person administers."""
    if administers_all_units(request.user):
        return Agency.objects.all()
    at = timezone.now()
    return units_administered(cast(User, request.user), local_day(at), at)
