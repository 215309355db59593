"""What the person came for: the procedure, where the matter is, the answers about the case, and who will do it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.bundles import Bundle, bundles
from motcua.catalogue.cases import answers_in
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import published_version
from motcua.catalogue.search import Hit, search
from motcua.dossiers.actions import Units
from motcua.people.models import Agency, Place
from motcua.people.queries import NoCompetentAgency
from motcua.web.desk.counter.bundled import bundles_for, led_by
from motcua.web.desk.counter.units import communes_at, place_of, units_at

HITS = 8
COMMUNE = "commune"
"""The answer that names the commune of the matter, beside the answers to the version's own questions."""
BUNDLE = "bo"
"""The box that says the procedure is taken in with the whole bundle it leads."""
_CODE = re.compile(r"\d\.\d{3,}(\.\d+)*")


@dataclass(frozen=True)
class What:
    """As far as it is known what for. `hits` are the procedures the text may also mean.

    `is_sought`: the procedure was just looked for by words, or picked from a list, so its box holds something else now.
    `offered`: the bundles it can lead; `bundle`: the one chosen; `bundle_hits`: those the words may mean.
    """

    text: str
    hits: list[Hit] = field(default_factory=list)
    version: ProcedureVersion | None = None
    communes: list[Place] = field(default_factory=list)
    commune: Place | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    units: Units | None = None
    refusal: str = ""
    is_sought: bool = False
    offered: list[Bundle] = field(default_factory=list)
    bundle: Bundle | None = None
    bundle_hits: list[Bundle] = field(default_factory=list)

    @property
    def shown_text(self) -> str:
        """What stands in the search box: the procedure once it is found."""
        return f"{self.version.procedure.code}  {self.version.title}" if self.version else self.text

    def all_answers(self) -> dict[str, str]:
        """Return the answers as the dossier keeps them, with the commune of the matter."""
        return {**self.answers, **({COMMUNE: self.commune.code} if self.commune else {})}


def hits_for(text: str, on: date) -> list[Hit]:
    """Return the procedures a dossier can be filed for that fit what was typed, best first."""
    return search(text, limit=HITS, only_fileable=True, on=on)


def read_what(posted: QueryDict, unit: Agency, on: date, *, takes_best: bool) -> What:
    """Read the procedure and the case. Words name a procedure only with `takes_best`: then the best hit is taken."""
    picked = bundles().get(posted.get("choose", ""))
    typed = picked.members[0].procedure if picked else posted.get("choose") or posted.get("procedure", "")
    text = typed.strip()[:200]
    communes = communes_at(unit, on)
    commune = _commune(posted, communes, unit)
    code = _CODE.match(text)
    hits = hits_for(text, on) if code or takes_best else []
    meant = bundles_for(text) if takes_best and not code else []
    is_sought = "choose" in posted or bool(text and takes_best and not code)
    version = published_version(hits[0].code) if hits else None
    if version is None:
        refusal = _not_found(text) if code or takes_best else ""
        return What(text, communes=communes, commune=commune, refusal=refusal, is_sought=is_sought, bundle_hits=meant)
    answers = _answers(version, posted)
    offered = led_by(version)
    wanted = picked.code if picked else "" if "choose" in posted else posted.get(BUNDLE, "")
    found = What(
        text, [] if code else hits[1:], version, communes, commune, answers, is_sought=is_sought, offered=offered,
        bundle=next((one for one in offered if one.code == wanted), None), bundle_hits=meant,
    )  # fmt: skip
    return _with_units(found, version, unit, on)


def what_was_filed(version: ProcedureVersion, posted: QueryDict, unit: Agency, on: date) -> What:
    """Read the case of a dossier that is taken up again: the procedure, in the version it was noted under, stays."""
    communes = communes_at(unit, on)
    found = What("", [], version, communes, _commune(posted, communes, unit), _answers(version, posted))
    return _with_units(found, version, unit, on)


def _with_units(found: What, version: ProcedureVersion, unit: Agency, on: date) -> What:
    try:
        return replace(found, units=units_at(unit, version, found.commune, on))
    except NoCompetentAgency as error:
        return replace(found, refusal=str(error))


def _answers(version: ProcedureVersion, posted: QueryDict) -> dict[str, str]:
    keys = (str(question["key"]) for question in version.questions)
    return answers_in(version.questions, {key: posted.get(f"answers-{key}", "") for key in keys})


def _commune(posted: QueryDict, communes: list[Place], unit: Agency) -> Place | None:
    """Return the commune chosen, else the one the unit serves; an office of the whole province serves none by itself."""
    own = place_of(unit)
    chosen = posted.get("commune", own.code if own and own.level == Place.Level.COMMUNE else "")
    return next((place for place in communes if place.code == chosen), None)


def _not_found(text: str) -> str:
    if not text:
        return ""
    return _("Không có thủ tục nào nhận được ở đây khớp với “%(text)s”. Bạn gõ ít chữ hơn, hoặc gõ mã thủ tục.") % {
        "text": text
    }
