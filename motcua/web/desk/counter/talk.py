"""The conversation at the counter, read from the page as far as it got: who, what for, papers, form, fee, what is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.base.words import local_day
from motcua.catalogue.bundles import bundles
from motcua.catalogue.cases import case_for, possible_cases, unanswered
from motcua.catalogue.fees import ChargeLine, Total, charges_for, total
from motcua.catalogue.forms import required_in, sometimes_required
from motcua.catalogue.models import Case, ProcedureVersion
from motcua.catalogue.papers import papers_needed
from motcua.documents.actions import FileRefused, keep_file, keep_photographs
from motcua.dossiers import deadlines, steps
from motcua.dossiers.actions import Intake, Scan
from motcua.dossiers.actions.bundling_at_counter import waits
from motcua.dossiers.actions.intake import Promise, promise
from motcua.dossiers.actor import receiving_post
from motcua.dossiers.clock import Term
from motcua.dossiers.models import BundleMember, Channel, Dossier
from motcua.people.models import Post
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.counter.bundled import Ahead, after_the_first
from motcua.web.desk.counter.fields import read, return_schema
from motcua.web.desk.counter.filling import Filling, mark, mark_of_content, read_filling
from motcua.web.desk.counter.members import member_in, unfinished_of, with_what_is_fixed
from motcua.web.desk.counter.papers import Row, read_rows, uploads_in
from motcua.web.desk.counter.resuming import may_be_taken_up
from motcua.web.desk.counter.what import What, read_what, what_was_filed
from motcua.web.desk.counter.who import Who, earlier_dossiers, read_who, who_filed
from motcua.web.desk.counter.whose import Whose, read_whose

# Fields that tell two dossiers of one procedure apart, the most telling first.
SUBJECT_FIELDS = (
    "child_full_name", "deceased_full_name", "subject_full_name", "ward_full_name", "claimed_full_name",
    "person_full_name", "bride_full_name", "building_address", "house_location", "parcel_address", "home_address",
    "business_name", "company_name", "school_name", "premises_name", "facility_name", "festival_name", "project_name",
    "document_name", "organisation_name", "certificate_number",
)  # fmt: skip
LONGEST_SUBJECT = 250
MARKED = ("who", "what", "papers", "content", "returning")
FOLLOWING = "following"
"""The mark of what the answers fill in: only the fields that follow an answer are drawn again, not the whole form."""
ASKED = "asked"
"""The mark of what must be answered: when an answer makes a field compulsory, that field alone is drawn again."""


@dataclass(frozen=True)
class Talk:
    """Everything the page knows. Without a version only `who`, `what` and `returning` say anything.

    `was` are the marks of the page as it stood before this change; `dossier` is the one taken up again, if any;
    `member`: which one of a bundle is keyed in, `dossier` is then its draft; `unfinished`: what is left of the person's bundles;
    `touched` is the key of the paper whose scan has just been sent or taken off.
    """

    sitting: Sitting
    post: Post
    who: Who
    whose: Whose
    what: What
    filing_key: UUID
    was: Mapping[str, str]
    returning: Mapping[str, Any]
    filling: Filling = field(default_factory=Filling)
    case: Case | None = None
    possible: Sequence[Case] = ()
    rows: Sequence[Row] = ()
    lines: Sequence[ChargeLine] = ()
    promise: Promise | None = None
    earlier: Sequence[Dossier] = ()
    reason: str = ""
    touched: str = ""
    dossier: Dossier | None = None
    member: BundleMember | None = None
    unfinished: Sequence[BundleMember] = ()

    @property
    def version(self) -> ProcedureVersion | None:
        return self.what.version

    @property
    def form_data(self) -> Mapping[str, Any]:
        return self.filling.data

    def marks(self) -> dict[str, str]:
        """Return a mark of what each part of the page with fields in it was drawn from.

        A part whose mark stays is left alone, so that what is typed there while an answer travels is never lost.
        """
        version = self.version.pk if self.version else None
        return {
            "who": mark(self.who.text, self.who.is_new, [person.pk for person in self.who.found], _pk(self.who)),
            "what": mark(version),  # not its hits: they go with the next answer, and would take a quicker one with them
            "papers": mark(version, [row.stand() for row in self.rows]),
            "content": mark_of_content(self.who, self.whose, self.what),
            FOLLOWING: mark(self.filling.following),
            ASKED: mark(sorted(self.asked)),
            "returning": mark(version, self.returning["method"]),
        }

    def changed(self) -> list[str]:
        """Return the parts that are to be drawn again; FOLLOWING stands for single fields of a form that stays."""
        forced = {"what": self.what.is_sought, "papers": bool(self.touched)}
        changed = [part for part, now in self.marks().items() if now != self.was.get(part) or forced.get(part)]
        parts = [part for part in changed if part in MARKED]
        return parts if parts == changed or "content" in parts else [*parts, FOLLOWING]

    def changed_fields(self) -> list[str]:
        """Return the fields of the form that just followed an answer, or that one made compulsory or no longer does."""
        fields = set(self.filling.changed)
        if self.version and self.marks()[ASKED] != self.was.get(ASKED):
            fields |= sometimes_required(self.version.form_schema, self.version.form_ui)
        return sorted(fields)

    @property
    def asked(self) -> set[str]:
        """The fields of the form that must be answered: always, or because of what is answered so far."""
        if self.version is None:
            return set()
        facts = {**self.form_data, **self.what.all_answers()}
        return required_in(self.version.form_schema, self.version.form_ui, facts)

    @property
    def is_later(self) -> bool:
        """Whether a member of a bundle is keyed in whose people, place and return were said with the first."""
        return self.member is not None and self.member.stopped_at is None

    @property
    def after_this(self) -> list[Ahead]:
        """What is keyed in after this dossier when it leads a bundle, with what it costs."""
        return after_the_first(self.what.bundle, local_day(self.sitting.at)) if self.what.bundle else []

    @property
    def waits_for(self) -> str:
        """What the member keyed in waits for, as people call it; "" when what stands here is taken in at once."""
        if self.member is None or not waits(self.member):
            return ""
        return bundles()[self.member.bundle.kind].waits_for(self.member.key)

    @property
    def total(self) -> Total:
        return total(self.lines)

    @property
    def term(self) -> Term | None:
        """The legal term of the case."""
        return deadlines.term_of(self.version, self.case, Channel.COUNTER) if self.version else None

    @property
    def is_case_sure(self) -> bool:
        """Whether no answer still open can lead to another case."""
        return len(self.possible) == 1

    @property
    def is_term_sure(self) -> bool:
        """Whether every case that is still possible has the same legal term, so that a due time may be named."""
        terms = (
            {deadlines.term_of(self.version, case, Channel.COUNTER) for case in self.possible} if self.version else ()
        )
        return len(terms) == 1

    @property
    def first_step(self) -> str:
        """The name of the step that begins after the hand-over."""
        return steps.process_of_version(self.version.pk).start.name if self.version else ""

    @property
    def questions_left(self) -> int:
        return len(unanswered(self.version.questions, self.what.answers)) if self.version else 0

    @property
    def missing(self) -> list[Row]:
        """The papers that must come and are not here; of a group of alternatives one is enough."""
        given = {row.requirement.pk for row in self.rows if row.is_given}
        return [
            row for row in self.rows
            if row.is_missing and not any(other.pk in given for other in row.needed.alternatives)
        ]  # fmt: skip

    @property
    def next_control(self) -> str:
        """The id of the control to go on from when a scan has come or gone: the next paper without one, else this row."""
        row = next((row for row in self.rows if row.key == self.touched), None)
        if row is None:
            return ""
        if row.takes_scan:
            return row.scan_id
        below = self.rows[self.rows.index(row) + 1 :]
        waiting = (one for one in below if one.takes_scan and (one.is_given or one in self.missing))
        following = next(waiting, None)
        return following.scan_id if following else row.given_id

    @property
    def to_take_up(self) -> list[Dossier]:
        """The person's earlier dossiers that wait for papers and can be completed here."""
        return [one for one in self.earlier if one != self.dossier and may_be_taken_up(one, self.sitting)]

    @property
    def papers_unsure(self) -> bool:
        """Whether a question that decides about papers is unanswered."""
        return not all(row.needed.is_certain for row in self.rows)

    @property
    def to_scan(self) -> int:
        return sum(row.to_scan for row in self.rows)

    @property
    def filer(self) -> dict[str, str]:
        """What tells whoever came from an owner keyed in apart."""
        number = (
            self.who.declared().get("identity_number") or self.who.person.identity_number if self.who.is_known else ""
        )
        return {"identity_number": number or ""}

    def intake(self) -> Intake:
        """Return the dossier as keyed in. Call it only with a version, units and somebody who files."""
        if self.version is None or self.what.units is None:
            raise ValueError("nothing to take in yet")
        return Intake(
            filing_key=self.filing_key,
            version=self.version,
            person=self.who.party(),
            units=self.what.units,
            answers=self.what.all_answers(),
            form_data=self.form_data,
            papers=[row.laid() for row in self.rows],
            declared=self.who.declared(),
            declared_owner=self.whose.declared,
            subject=subject_in(self.form_data, self.whose.name or self.who.full_name),
            return_method=self.returning.get("method", ""),
            return_address=self.returning.get("address", ""),
        )


def read_talk(
    sitting: Sitting,
    posted: QueryDict,
    files: "MultiValueDict[str, UploadedFile[Any]]",
    *,
    takes_best: bool,
    dossier: Dossier | None = None,
    member: BundleMember | None = None,
) -> Talk:
    """Read the page. Files sent are kept at once, so that a form drawn again has them still."""
    post = (dossier and receiving_post(sitting.posts, dossier, Permission.RECEIVE)) or sitting.post_with(
        Permission.RECEIVE
    )
    on = local_day(sitting.at)
    posted = with_what_is_fixed(posted, member) if member else posted
    if dossier:
        who, what = who_filed(dossier, posted), what_was_filed(dossier.version, posted, post.unit, on)
    else:
        who, what = read_who(posted), read_what(posted, post.unit, on, takes_best=takes_best)
    talk = Talk(
        sitting=sitting,
        post=post,
        who=who,
        whose=read_whose(posted),
        what=what,
        dossier=dossier,
        member=member,
        filing_key=_key(posted.get("filing_key", "")),
        was={part: posted.get(f"mark-{part}", "") for part in (*MARKED, FOLLOWING, ASKED)},
        returning=_returning(posted, what.version),
        earlier=earlier_dossiers(sitting, who.citizen) if who.citizen else (),
        unfinished=unfinished_of(sitting, who.citizen) if who.citizen and not member else (),
        reason=posted.get("reason", "").strip()[:2000],
    )
    return talk if what.version is None else _about(talk, what.version, posted, files)


def _about(
    talk: Talk, version: ProcedureVersion, posted: QueryDict, files: "MultiValueDict[str, UploadedFile[Any]]"
) -> Talk:
    """Return the conversation with what is said about a procedure: form, case, papers, fees and what is promised."""
    filling = read_filling(
        posted,
        talk.who,
        talk.whose,
        talk.what,
        version,
        content_was=talk.was["content"],
        following_was=talk.was[FOLLOWING],
        is_resumed=talk.dossier is not None,
    )
    facts = {**filling.data, **talk.what.all_answers()}
    case, units, at = case_for(version.cases.all(), facts), talk.what.units, talk.sitting.at
    uploads = uploads_in(files)
    scans, refused = _keep(uploads, at)
    brought = member_in(talk.member).papers if talk.member and talk.is_later else {}
    needed = [
        paper for paper in papers_needed(version.paper_groups.all(), facts) if paper.requirement.code not in brought
    ]
    return replace(
        talk,
        filling=filling,
        case=case,
        possible=possible_cases(version.cases.all(), facts),
        touched=next(reversed(uploads), posted.get("unscan", "")),
        rows=read_rows(needed, posted, scans, refused, talk.sitting.officer.pk),
        lines=charges_for(version.fees.all(), facts=facts, channel=Channel.COUNTER, on=local_day(at)),
        promise=promise(version=version, case=case, units=units, at=at) if units else None,
    )


def subject_in(form_data: Mapping[str, Any], owner_name: str) -> str:
    """Return what tells this dossier from others of its procedure, if the form says it: a child's name, a house."""
    said = (str(form_data.get(name) or "") for name in SUBJECT_FIELDS)
    return next((text for text in said if text and text != owner_name), "")[:LONGEST_SUBJECT]


def _pk(who: Who) -> int | None:
    return who.citizen.pk if who.citizen else None


def _returning(posted: QueryDict, version: ProcedureVersion | None) -> dict[str, Any]:
    schema, _ui = return_schema(version)
    returning = read(schema, posted, "return")
    offered = schema["properties"]["method"]["enum"]
    return returning | {"method": returning.get("method") if returning.get("method") in offered else offered[0]}


def _keep(
    uploads: Mapping[str, Sequence["UploadedFile[Any]"]], at: datetime
) -> tuple[dict[str, Scan], dict[str, list[str]]]:
    """Keep the files sent for each paper; return the scans, and for those refused the sentences that say why."""
    scans: dict[str, Scan] = {}
    refused: dict[str, list[str]] = {}
    for key, files in uploads.items():
        streams: list[IO[bytes]] = [file.file for file in files]  # type: ignore[misc]  # an uploaded file has its stream
        limit = settings.PAPER_MAX_BYTES
        try:
            if len(streams) == 1:
                kept = keep_file(upload=streams[0], limit_bytes=limit, at=at)
            else:
                kept = keep_photographs(uploads=streams, limit_bytes=limit, at=at)
            scans[key] = Scan(kept, files[0].name or "")
        except FileRefused as refusal:
            refused[key] = refusal.sentences()
    return scans, refused


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
