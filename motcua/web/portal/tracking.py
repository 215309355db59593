"""Tracking without signing in: by code and the last digits of a phone or identity number, or by the signed address.

The page tells where the dossier stands and nothing about the person. The answer to a wrong pair is the same whether the
code exists or not, and wrong pairs are counted per address and per code.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.attempts import give_back, may_attempt
from motcua.dossiers.codes import typed_code
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier, FiledBundle
from motcua.people.identity import digits_of
from motcua.web.portal.access import SHOWN_WITH
from motcua.web.portal.bundle_page import bundle_story
from motcua.web.portal.dossier import story
from motcua.web.shared.tracking import tracked_code, tracking_path

LAST_DIGITS = 4
WINDOW = timedelta(minutes=15)
MOST_WRONG_PER_ADDRESS = 20
MOST_WRONG_PER_CODE = 6
NEUTRAL = _("Mã hồ sơ và 4 số cuối chưa khớp nhau. Bạn xem lại mã in trên giấy hẹn hoặc trong tin đã gửi cho bạn.")


class TrackForm(forms.Form):
    """A code and the check that whoever types it knows the applicant."""

    code = forms.CharField(
        label=_("Mã hồ sơ hoặc mã bộ hồ sơ"),
        max_length=60,
        help_text=_(
            "In trên giấy tiếp nhận hoặc trong tin gửi cho bạn, ví dụ H57.31.12-261119-0018; của cả bộ: BO-000012."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    check = forms.CharField(
        label=_("4 số cuối của số điện thoại hoặc số định danh"),
        max_length=20,
        help_text=_("Của người nộp hoặc chủ hồ sơ. Chỉ 4 chữ số cuối cùng."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Return the code as it is kept, however it was typed or copied."""
        return typed_code(str(self.cleaned_data["code"]))

    def clean_check(self) -> str:
        """Return the last four digits, whatever of the number was typed."""
        digits = digits_of(self.cleaned_data["check"])
        if len(digits) < LAST_DIGITS:
            raise forms.ValidationError(_("Hãy nhập đủ 4 chữ số cuối, ví dụ 0371."))
        return digits[-LAST_DIGITS:]


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the check; when they fit, go to the dossier's signed address."""
    if request.method == "GET":
        known = {"code": request.GET.get("ma", "")}
        return render(request, "portal/track.html", {"form": TrackForm(initial=known)})
    form = TrackForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/track.html", {"form": form})
    counted = _counted(request, form.cleaned_data["code"])
    if not may_attempt(counted, window=WINDOW, at=timezone.now()):
        return render(request, "429.html", status=429)
    code = _matching(form.cleaned_data["code"], form.cleaned_data["check"])
    if code is None:
        form.add_error(None, NEUTRAL)
        return render(request, "portal/track.html", {"form": form})
    give_back(counted)
    return redirect(tracking_path(code))


@never_cache
@require_GET
def track_signed(request: HttpRequest, token: str) -> HttpResponse:
    """Show where the dossier of a signed address stands, without anything about the person; Http404 for a forged one."""
    code = tracked_code(token)
    bundle = FiledBundle.objects.filter(code=code).first() if code else None
    if bundle is not None:
        return render(request, "portal/tracked_bundle.html", bundle_story(bundle, timezone.now()))
    dossier = _filed().filter(code=code).first() if code else None
    if dossier is None:
        raise Http404
    return render(request, "portal/tracked.html", story(dossier, timezone.now(), is_public=True))


def _filed() -> QuerySet[Dossier]:
    """Return what may be tracked: filed roots, not their parts at other agencies."""
    return Dossier.objects.filter(parent__isnull=True).exclude(status=Status.DRAFT).select_related(*SHOWN_WITH)


def _matching(code: str, check: str) -> str | None:
    """Return the code when the check ends a number of its applicant or owner; every comparison is always made.

    A bundle is asked about by the numbers of its first dossier, which names the same people as the others.
    """
    dossier = _filed().filter(Q(code=code) | Q(bundle_member__bundle__code=code, bundle_member__position=0)).first()
    numbers = _numbers(dossier) if dossier else ["0000"]
    fits = [constant_time_compare(number[-LAST_DIGITS:], check) for number in numbers]
    return code if any(fits) else None


def _numbers(dossier: Dossier) -> list[str]:
    people = (dossier.filed_by, dossier.owner)
    numbers = [dossier.applicant.get("phone"), dossier.applicant.get("identity_number")]
    numbers += [number for person in people for number in (person.phone, person.identity_number)]
    return [number for number in numbers if number and len(number) > LAST_DIGITS]


def _counted(request: HttpRequest, code: str) -> dict[str, int]:
    """Return the counters of wrong pairs this attempt belongs to, each with how many are allowed in a window."""
    address = get_adapter().get_client_ip(request)
    return {f"track:address:{address}": MOST_WRONG_PER_ADDRESS, f"track:code:{code}": MOST_WRONG_PER_CODE}
