"""What can be wrong with a paper: coded reasons, how each is usually put right, and what a request keeps of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.dossiers.models import Paper, Supplement

Code = Paper.FaultCode
# fmt: off
GUIDANCE: Mapping[str, str] = {
    Code.MISSING:     _("Bạn gửi giấy tờ này: chụp hoặc quét rõ, đủ các trang."),
    Code.UNREADABLE:  _("Bạn chụp lại cả trang ở nơi đủ sáng, không lóa, chữ và con dấu đọc được."),
    Code.INCOMPLETE:  _("Bạn gửi lại cả giấy tờ trong một tệp, đủ các trang và các mục."),
    Code.WRONG_KIND:  _("Bạn xem lại tên giấy tờ cần nộp và gửi đúng loại đó."),
    Code.EXPIRED:     _("Bạn xin cấp lại hoặc gia hạn ở nơi đã cấp, rồi gửi bản còn hiệu lực."),
    Code.UNSIGNED:    _("Bạn xin đủ chữ ký, con dấu ở chỗ còn thiếu, rồi chụp và gửi lại."),
    Code.UNCERTIFIED: _("Bạn chứng thực bản sao ở UBND cấp xã hoặc tổ chức hành nghề công chứng, rồi gửi bản đã chứng thực."),
    Code.MISMATCH:    _("Bạn đối chiếu với các giấy tờ khác, sửa chỗ không khớp rồi gửi lại, hoặc gửi giấy tờ nói rõ vì sao khác."),
    Code.OTHER:       _("Bạn sửa theo lời cán bộ viết rồi gửi lại."),
}
# fmt: on


@dataclass(frozen=True)
class Asked:
    """One paper of a request, as it stood when it was asked for. Requests made before codes were kept have none.

    `document` is the id of the file the fault was found in: the citizen's answer is laid beside it.
    """

    paper: int
    name: str
    fault: str
    code: str = ""
    guidance: str = ""
    document: int | None = None

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> "Asked":
        """Read it back from Supplement.items."""
        return cls(
            paper=item["paper"],
            name=item["name"],
            fault=item["fault"],
            code=item.get("code", ""),
            guidance=item.get("guidance", ""),
            document=item.get("document"),
        )

    @property
    def label(self) -> str:
        """Return the coded reason in words; empty where none was kept, or it says nothing («lý do khác»)."""
        return reason_words(self.code)

    @property
    def words(self) -> str:
        """Return the officer's own words; empty where they wrote none beside the coded reason."""
        return "" if self.fault == kept_words(self.code) else self.fault

    @property
    def how(self) -> str:
        """Return the guidance: the default ones in the reader's language, an officer's own as they wrote it."""
        return gettext(self.guidance) if self.is_usual else self.guidance

    @property
    def is_usual(self) -> bool:
        """Whether the guidance is one of the default ones."""
        return self.guidance in GUIDANCE.values()

    @property
    def own_guidance(self) -> str:
        """Return the guidance the officer wrote; empty where it is a default one."""
        return "" if self.is_usual else self.guidance


def asked_in(supplement: Supplement) -> list[Asked]:
    """Return the papers of a request, in its order."""
    return [Asked.of(item) for item in supplement.items]


def own_reason(supplement: Supplement) -> str:
    """Return the reason of a request; empty where it only repeats what is said of one of its papers."""
    reason = supplement.reason.strip().rstrip(".")
    said = {asked.fault.strip().rstrip(".") for asked in asked_in(supplement)}
    return "" if reason in said else supplement.reason


def reason_words(code: str) -> str:
    """Return a coded reason in words; empty for none and for «other», whose words are the officer's."""
    return str(Code(code).label) if code and code != Code.OTHER else ""


def kept_words(code: str) -> str:
    """Return the words kept with a coded reason when the officer writes none: Vietnamese, whoever judges."""
    with translation.override("vi"):
        return reason_words(code)


def asked_of(paper: Paper) -> Asked:
    """Return a faulty paper as a request made now would ask for it."""
    return Asked(paper.pk, paper.name, paper.fault, paper.fault_code, paper.guidance, paper.document_id)


def items_of(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """Return what a request keeps of the papers it asks for: Supplement.items."""
    return [asdict(asked_of(paper)) for paper in papers]
