"""Properties over processes made at random: they end, they are read back unchanged, their drawing is clean."""

from itertools import combinations, pairwise

from hypothesis import HealthCheck, assume, given, settings

from motcua.catalogue.bpmn.layout import lay_out
from motcua.catalogue.bpmn.reader import read
from motcua.catalogue.bpmn.writer import with_diagram, write
from tests.catalogue.bpmn.structured import BLOCKS, reachable, structured

SOME = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@SOME
@given(BLOCKS)
def test_every_reachable_state_of_a_well_structured_process_ends(block):
    graph = reachable(read(structured(block)))
    assume(graph is not None)

    ending = {()}
    while more := {state for state, after in graph.items() if state not in ending and after & ending}:
        ending |= more

    assert set(graph) == ending


@SOME
@given(BLOCKS)
def test_a_file_with_our_layout_reads_back_the_same(block):
    model = with_diagram(read(structured(block)))

    assert read(write(model)) == model


@SOME
@given(BLOCKS)
def test_no_two_boxes_overlap_and_no_line_crosses_a_box(block):
    model = read(structured(block))
    diagram = lay_out(model)

    for scope in model.scopes.values():
        boxes = {node.id: diagram.shapes[node.id] for node in scope.nodes.values() if not node.attached_to}
        assert [pair for pair in combinations(boxes, 2) if _overlap(boxes[pair[0]], boxes[pair[1]])] == []
        for flow in scope.flows.values():
            ends = (flow.source, flow.target, scope.nodes[flow.source].attached_to)
            others = [box for one, box in boxes.items() if one not in ends]
            pieces = list(pairwise(diagram.edges[flow.id]))
            assert [piece for piece in pieces for box in others if _crosses(piece, box)] == []


@SOME
@given(BLOCKS)
def test_lines_are_straight_up_and_along_and_end_at_their_boxes(block):
    model = read(structured(block))
    diagram = lay_out(model)

    for scope in model.scopes.values():
        for flow in scope.flows.values():
            points = diagram.edges[flow.id]
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
            source, target = diagram.shapes[flow.source], diagram.shapes[flow.target]
            if scope.nodes[flow.source].attached_to:
                assert points[0] == (source.x + source.width / 2, source.bottom)
            else:
                assert points[0] == (source.right, source.y + source.height / 2)
            assert points[-1] == (target.x, target.y + target.height / 2)


@SOME
@given(BLOCKS)
def test_two_lines_run_along_one_another_only_where_they_part_or_meet(block):
    model = read(structured(block))
    diagram = lay_out(model)

    for scope in model.scopes.values():
        for one, other in combinations(scope.flows.values(), 2):
            if one.source != other.source and one.target != other.target:
                pieces = [(a, b) for a in pairwise(diagram.edges[one.id]) for b in pairwise(diagram.edges[other.id])]
                assert [pair for pair in pieces if _run_along(*pair)] == []


def _overlap(a, b):
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _crosses(piece, box):
    (x1, y1), (x2, y2) = piece
    return min(x1, x2) < box.right and max(x1, x2) > box.x and min(y1, y2) < box.bottom and max(y1, y2) > box.y


def _run_along(a, b):
    for axis in (0, 1):
        across = 1 - axis
        on_one_line = a[0][across] == a[1][across] == b[0][across] == b[1][across]
        low = max(min(a[0][axis], a[1][axis]), min(b[0][axis], b[1][axis]))
        high = min(max(a[0][axis], a[1][axis]), max(b[0][axis], b[1][axis]))
        if on_one_line and high > low:
            return True
    return False
