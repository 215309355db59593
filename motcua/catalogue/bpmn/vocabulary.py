"""The words of BPMN 2.0: which elements are executed, which are kept for display, and why the others are refused."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from motcua.catalogue.bpmn.model import Kind

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
OLDER_BPMN = "http://schema.omg.org/spec/BPMN/2.0"
OURS = "https://motcua.vn/bpmn/1"

# fmt: off
EXECUTED: Mapping[str, Kind] = {
    "startEvent":             Kind.START,
    "endEvent":               Kind.END,
    "task":                   Kind.TASK,
    "userTask":               Kind.TASK,
    "manualTask":             Kind.TASK,
    "exclusiveGateway":       Kind.EXCLUSIVE,
    "parallelGateway":        Kind.PARALLEL,
    "inclusiveGateway":       Kind.INCLUSIVE,
    "subProcess":             Kind.SUB_PROCESS,
    "callActivity":           Kind.CALL,
    "boundaryEvent":          Kind.BOUNDARY,
    "intermediateCatchEvent": Kind.WAIT,
    "intermediateThrowEvent": Kind.THROUGH,
}

# The kind of an event with one definition; an event without definition keeps the kind above, where EMPTY allows it.
EVENTS: Mapping[tuple[str, str], Kind] = {
    ("endEvent",               "terminateEventDefinition"): Kind.TERMINATE,
    ("boundaryEvent",          "timerEventDefinition"):     Kind.BOUNDARY,
    ("intermediateCatchEvent", "timerEventDefinition"):     Kind.WAIT,
    ("intermediateCatchEvent", "linkEventDefinition"):      Kind.LINK_CATCH,
    ("intermediateThrowEvent", "linkEventDefinition"):      Kind.LINK_THROW,
}
EMPTY_EVENTS = ("startEvent", "endEvent", "intermediateThrowEvent")

CALLED_TASKS = ("globalTask", "globalUserTask", "globalManualTask")

REFUSED = {
    "serviceTask":         _("việc do máy gọi dịch vụ; motcua không biết dịch vụ ấy làm gì"),
    "scriptTask":          _("việc chạy một đoạn mã; motcua không chạy mã lấy từ tệp"),
    "businessRuleTask":    _("việc hỏi một bảng quyết định ngoài tệp này"),
    "sendTask":            _("việc gửi một thông điệp; motcua không biết gửi cho hệ thống nào"),
    "receiveTask":         _("việc chờ một thông điệp của hệ thống khác"),
    "complexGateway":      _("cổng phức hợp: luật đi và chờ của nó nằm ngoài những gì motcua làm đúng được"),
    "eventBasedGateway":   _("cổng chờ sự kiện: cần nhận thông điệp hay tín hiệu của hệ thống khác"),
    "transaction":         _("giao dịch: cần hủy và bù trừ các việc đã làm"),
    "adHocSubProcess":     _("tiến trình con tùy ý, không nói việc nào trước việc nào sau"),
    "choreographyTask":    _("vũ đạo giữa các bên, không phải quy trình của một cơ quan"),
    "subChoreography":     _("vũ đạo giữa các bên, không phải quy trình của một cơ quan"),
    "callChoreography":    _("vũ đạo giữa các bên, không phải quy trình của một cơ quan"),
    "implicitThrowEvent":  _("sự kiện ngầm"),
}

REFUSED_EVENTS = {
    "messageEventDefinition":     _("sự kiện thông điệp: cần nhận hoặc gửi tin với hệ thống khác"),
    "signalEventDefinition":      _("sự kiện tín hiệu"),
    "errorEventDefinition":       _("sự kiện lỗi"),
    "escalationEventDefinition":  _("sự kiện báo lên cấp trên"),
    "compensateEventDefinition":  _("sự kiện bù trừ: làm ngược những việc đã xong"),
    "cancelEventDefinition":      _("sự kiện hủy giao dịch"),
    "conditionalEventDefinition": _("sự kiện theo điều kiện, tự xảy ra khi dữ liệu thay đổi"),
    "timerEventDefinition":       _("hẹn giờ ở chỗ này: hồ sơ bắt đầu khi có người nộp, không theo giờ"),
    "linkEventDefinition":        _("sự kiện nối ở chỗ này"),
    "terminateEventDefinition":   _("kết thúc toàn bộ ở chỗ này"),
}

NOTES = ("textAnnotation", "group", "dataObject", "dataObjectReference", "dataStoreReference", "dataStore",
         "dataInput", "dataOutput")
LINES = ("association", "messageFlow", "dataInputAssociation", "dataOutputAssociation")

# Children of a process that carry no token and are neither drawn nor executed; kept for export.
KEPT = ("documentation", "extensionElements", "auditing", "monitoring", "property", "laneSet", "ioSpecification",
        "ioBinding", "resourceRole", "performer", "humanPerformer", "potentialOwner", "correlationSubscription",
        "supports", "supportedInterfaceRef", "incoming", "outgoing", "category", "dataState")
# fmt: on
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
EDGES = ("sequenceFlow", *LINES)
