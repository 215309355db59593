"""One element of a process becomes a node or a flow, or a refusal that names it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.expression_parser import parse_expression
from motcua.catalogue.bpmn.expressions import BadExpression, Expression
from motcua.catalogue.bpmn.model import Flow, Kind, Loop, Node, Refusal, Timer
from motcua.catalogue.bpmn.vocabulary import BPMN, EMPTY_EVENTS, EVENTS, EXECUTED, REFUSED, REFUSED_EVENTS
from motcua.catalogue.bpmn.xmltree import Element

_DURATION = r"P(?=[\dT])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
_DATE = r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?"
_FORMS = {
    "timeDuration": ("duration", re.compile(_DURATION)),
    "timeDate": ("date", re.compile(_DATE)),
    "timeCycle": ("cycle", re.compile(rf"R\d*/({_DATE}/)?{_DURATION}|{_DURATION}")),
}
_SCRIPTS = re.compile("javascript|groovy|python|ruby|java|jython|jruby", re.IGNORECASE)


def ref(value: str) -> str:
    """Return the id a reference means: QNames may carry a prefix."""
    return value.strip().rpartition(":")[2]


def named(element_id: str, name: str) -> str:
    """Return how a sentence calls an element: its name as one line and its id."""
    name = " ".join(name.split())
    return _("“%(name)s” (mã %(id)s)") % {"name": name, "id": element_id} if name else f"“{element_id}”"


def refusal(element_id: str, name: str, reason: str) -> Refusal:
    """Return the refusal of an element with a whole sentence."""
    words = {"element": named(element_id, name), "reason": reason}
    return Refusal(element_id, _("Không thực hiện được %(element)s: %(reason)s.") % words)


def is_bpmn(element: Element) -> bool:
    """Return whether the element belongs to BPMN itself and not to a vendor."""
    return element.namespace == BPMN


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the BPMN children of those names."""
    return (child for child in element.elements if child.namespace == BPMN and child.local in names)


def child_text(element: Element, name: str) -> str:
    """Return the text of the first child of that name, or nothing."""
    return next((child.text for child in children(element, name)), "")


class NodeReader:
    """Reads nodes and flows, collecting what is refused in `refusals`."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def node(self, element: Element, order: int) -> Node:
        """Return the node of a flow-node element; its flows are filled in later."""
        tag = element.local
        kind = EXECUTED.get(tag, Kind.REFUSED)
        timer: Timer | None = None
        if kind is Kind.REFUSED:
            self._refuse(
                element, str(REFUSED.get(tag, _("loại phần tử “%(tag)s” không thực hiện được") % {"tag": tag}))
            )
        elif tag.endswith("Event"):
            kind, timer = self._event(element, kind)
        self._refuse_attributes(element)
        return Node(
            id=element.get("id"),
            name=element.get("name"),
            kind=kind,
            tag=tag,
            order=order,
            default=ref(element.get("default")),
            attached_to=ref(element.get("attachedToRef")) if tag == "boundaryEvent" else "",
            interrupts=element.get("cancelActivity", "true") not in ("false", "0"),
            timer=timer,
            called=ref(element.get("calledElement")),
            link=_link_name(element),
            loop=self._loop(element),
        )

    def flow(self, element: Element) -> Flow:
        """Return the sequence flow; a condition that is not understood is refused by the flow's name."""
        written = next(children(element, "conditionExpression"), None)
        return Flow(
            id=element.get("id"),
            name=element.get("name"),
            source=ref(element.get("sourceRef")),
            target=ref(element.get("targetRef")),
            condition=None if written is None else self._condition(element, written),
            is_conditional=written is not None,
        )

    def _refuse(self, element: Element, reason: str) -> None:
        self.refusals.append(refusal(element.get("id"), element.get("name"), reason))

    def _event(self, element: Element, kind: Kind) -> tuple[Kind, Timer | None]:
        definitions = [
            child
            for child in element.elements
            if is_bpmn(child) and child.local.endswith(("EventDefinition", "EventDefinitionRef"))
        ]
        if not definitions and element.local in EMPTY_EVENTS:
            return kind, None
        if len(definitions) != 1:
            self._refuse(element, _("sự kiện phải có đúng một nguyên nhân"))
            return Kind.REFUSED, None
        definition = definitions[0].local
        known = EVENTS.get((element.local, definition), Kind.REFUSED)
        if known is Kind.REFUSED:
            self._refuse(element, str(REFUSED_EVENTS.get(definition, _("sự kiện “%(tag)s”") % {"tag": definition})))
        timer = self._timer(element, definitions[0]) if known in (Kind.BOUNDARY, Kind.WAIT) else None
        return known, timer

    def _timer(self, element: Element, definition: Element) -> Timer | None:
        for written in children(definition, *_FORMS):
            form, pattern = _FORMS[written.local]
            if pattern.fullmatch(written.text):
                return Timer(form, written.text)
            if written.text:
                words = {"text": written.text}
                self._refuse(element, _("hẹn giờ “%(text)s” không theo ISO 8601, ví dụ PT8H hay P3D") % words)
                return None
        self._refuse(element, _("hẹn giờ không ghi bao lâu hay đến khi nào"))
        return None

    def _refuse_attributes(self, element: Element) -> None:
        if element.get("isForCompensation") in ("true", "1"):
            self._refuse(element, _("việc bù trừ chỉ chạy khi làm ngược việc đã xong"))
        if element.get("triggeredByEvent") in ("true", "1"):
            self._refuse(element, _("tiến trình con bắt đầu bằng một sự kiện"))
        if element.get("startQuantity", "1") != "1" or element.get("completionQuantity", "1") != "1":
            self._refuse(element, _("việc cần hoặc sinh nhiều lượt cùng lúc (startQuantity, completionQuantity)"))

    def _loop(self, element: Element) -> Loop | None:
        if any(children(element, "multiInstanceLoopCharacteristics")):
            self._refuse(element, _("việc làm nhiều bản theo một danh sách"))
        written = next(children(element, "standardLoopCharacteristics"), None)
        if written is None:
            return None
        most = written.get("loopMaximum")
        asked = next(children(written, "loopCondition"), None)
        condition = self._condition(element, asked) if asked is not None else None
        if condition is None and not most:
            self._refuse(element, _("việc lặp lại không nói lặp khi nào và mấy lần"))
        if most and not (most.isdecimal() and int(most)):
            self._refuse(element, _("số lần lặp “%(most)s” không phải số nguyên dương") % {"most": most})
        return Loop(condition, written.get("testBefore") in ("true", "1"), int(most) if most.isdecimal() else None)

    def _condition(self, owner: Element, written: Element) -> Expression | None:
        if not written.text:
            return None
        language = written.get("language")
        if _SCRIPTS.search(language):
            self._refuse(owner, _("điều kiện viết bằng “%(language)s”, phải chạy mã mới biết") % {"language": language})
            return None
        try:
            return parse_expression(written.text)
        except BadExpression as error:
            self._refuse(owner, str(error))
            return None


def _link_name(element: Element) -> str:
    return next((child.get("name") for child in children(element, "linkEventDefinition")), "")
