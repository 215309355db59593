"""Small BPMN files written by hand: every function returns a piece of XML."""

from motcua.catalogue.bpmn.engine import complete, enabled, start
from motcua.catalogue.bpmn.reader import read

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def definitions(*content, attributes=""):
    return f'{HEAD}<definitions xmlns="{BPMN}" id="definitions" targetNamespace="x" {attributes}>{"".join(content)}</definitions>'


def process(*content, id="process", **attributes):
    return element("process", id, *content, **attributes)


def element(tag, id, *content, **attributes):
    words = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{tag} id="{id}"{words}>{"".join(content)}</{tag}>'


def begin(id="start", *content):
    return element("startEvent", id, *content)


def end(id="end", *content):
    return element("endEvent", id, *content)


def terminate(id):
    return end(id, "<terminateEventDefinition/>")


def task(id, *content, **attributes):
    return element("userTask", id, *content, **attributes)


def exclusive(id, **attributes):
    return element("exclusiveGateway", id, **attributes)


def parallel(id):
    return element("parallelGateway", id)


def inclusive(id, **attributes):
    return element("inclusiveGateway", id, **attributes)


def inside(id, *content, **attributes):
    return element("subProcess", id, *content, **attributes)


def call(id, called):
    return element("callActivity", id, calledElement=called)


def timer(id, host, text="PT8H", *, interrupts=False, form="timeDuration"):
    definition = f"<timerEventDefinition><{form}>{text}</{form}></timerEventDefinition>"
    return element("boundaryEvent", id, definition, attachedToRef=host, cancelActivity=str(interrupts).lower())


def flow(source, target, condition=None, id=""):
    written = "" if condition is None else f"<conditionExpression>{condition}</conditionExpression>"
    return element("sequenceFlow", id or f"{source}_{target}", written, sourceRef=source, targetRef=target)


def flows(*ways):
    """Return flows written as "a b c": from a to b and from b to c."""
    return "".join(
        flow(source, target) for way in ways for source, target in zip(way.split(), way.split()[1:], strict=False)
    )


def model(*content):
    """Return the model of one process with that content."""
    return read(definitions(process(*content)).encode())


class Play:
    """A run that remembers its state; steps read as a story."""

    def __init__(self, model, *, data=None, choose=()):
        self.model = model
        self.state = start(model, data=data, choose=choose)

    def do(self, *tasks, data=None, choose=()):
        for one in tasks:
            self.state = complete(self.model, self.state, one, data=data, choose=choose)
        return self

    @property
    def enabled(self):
        return list(enabled(self.model, self.state))

    @property
    def done(self):
        return self.state.is_done
