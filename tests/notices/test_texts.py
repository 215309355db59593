"""Every move is told or is silent, and what is told reads well."""

import re
from collections.abc import Callable

import pytest
from django.utils.translation import override

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MOVES, By
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.notices.facts import facts_of
from motcua.notices.texts import SILENT, TEXTS, words_for
from tests.turning import TURNS
from tests.world import World, a_draft, accepted, document, faulty, in_process, returned, submitted, vn

MOMENTS = [
    vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"), vn("2026-11-25 09:00"),
    vn("2026-11-26 08:00"), vn("2026-11-26 10:00"), vn("2026-11-26 14:00"), vn("2026-11-27 08:30"),
]  # fmt: skip
BADLY_WORDED = re.compile(r"«»|  |: \.|^\s|\s$|\.\.|%\(|\s[.,;:]|None|\[|\{")


def at_the_counter(world: World, name: str, reason: str = "") -> Dossier:
    draft = a_draft(world, MOMENTS[0])
    return actions.file(
        dossier_id=draft.pk, units=world.units, actor=world.actor(By.COUNTER), at=MOMENTS[1], name=name, reason=reason
    )


def missing_at_the_counter(world: World) -> Dossier:
    draft = a_draft(world, MOMENTS[0])
    draft.papers.filter(requirement=world.drawing).update(verdict="faulty", fault="Mờ khung tên")
    return actions.file(
        dossier_id=draft.pk, units=world.units, actor=world.actor(By.COUNTER), at=MOMENTS[1],
        name="note_missing", reason="Bản vẽ chưa đọc được",
    )  # fmt: skip


def waiting_before_acceptance(world: World) -> Dossier:
    dossier = submitted(world, MOMENTS[0])
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên.")  # a full stop of its own is not said twice
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1], reason="Chụp lại trang 2")
    return dossier


def waiting_in_process(world: World) -> Dossier:
    dossier = in_process(world, *MOMENTS[:3])
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=MOMENTS[3], reason="Chụp lại trang 2")
    return dossier


def supplied(world: World, dossier: Dossier) -> Dossier:
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name="Bản vẽ", at=MOMENTS[4]
    )
    return actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=MOMENTS[5])


def refused(world: World) -> Dossier:
    dossier = submitted(world, MOMENTS[0])
    return actions.refuse(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1], reason="Đất tranh chấp")


def withdrawn(world: World) -> Dossier:
    dossier = submitted(world, MOMENTS[0])
    return actions.withdraw(dossier_id=dossier.pk, actor=world.citizen, at=MOMENTS[1])


# fmt: off
LIVES: dict[str, Callable[[World], Dossier]] = {
    "submit":        lambda world: submitted(world, MOMENTS[0]),
    "take_in":       lambda world: at_the_counter(world, "take_in"),
    "note_missing":  missing_at_the_counter,
    "turn_away":     lambda world: at_the_counter(world, "turn_away", "Không thuộc thẩm quyền"),
    "accept":        lambda world: accepted(world, *MOMENTS[:2]),
    "ask_before":    waiting_before_acceptance,
    "supply_before": lambda world: supplied(world, waiting_before_acceptance(world)),
    "refuse":        refused,
    "withdraw":      withdrawn,
    "hand_over":     lambda world: in_process(world, *MOMENTS[:3]),
    "ask_papers":    waiting_in_process,
    "give_papers":   lambda world: supplied(world, waiting_in_process(world)),
    "issue":         lambda world: returned(world, MOMENTS),
    "return_result": lambda world: returned(world, MOMENTS),
} | {move: life for move, life in TURNS.items() if move in TEXTS}
# fmt: on


def words_of(world: World, move: str) -> tuple[str, str]:
    dossier = LIVES[move](world)
    words = words_for(move, facts_of(DossierEvent.objects.get(dossier=dossier, move=move)))
    assert words
    return words


def test_every_move_is_told_or_is_silent_and_never_both() -> None:
    assert TEXTS.keys() | SILENT == MOVES.keys()
    assert TEXTS.keys() & SILENT == set()
    assert LIVES.keys() == TEXTS.keys()


@pytest.mark.parametrize("move", TEXTS)
def test_a_notice_of_a_real_event_leaves_no_gap_in_its_wording(world: World, move: str) -> None:
    title, body = words_of(world, move)

    assert BADLY_WORDED.findall(title) + BADLY_WORDED.findall(body) == []
    assert len(title) <= 78
    assert body.endswith(".")


@pytest.mark.parametrize("move", TEXTS)
def test_a_notice_names_no_person(world: World, move: str) -> None:
    words = " ".join(words_of(world, move))

    private = [world.an.full_name, world.an.phone, world.an.identity_number, world.an.email]
    assert [fact for fact in private if fact in words] == []


@pytest.mark.parametrize("move", SILENT)
def test_the_inner_work_of_the_agency_disturbs_nobody(move: str) -> None:
    assert words_for(move, {}) is None


@pytest.mark.parametrize(
    "move, words",
    [
        (
            "submit",
            (
                "Đã nhận hồ sơ H57.31.12-261119-0001",
                "Bạn đã nộp «Xin giấy phép xây nhà ở riêng lẻ». Trung tâm Phục vụ hành chính công phường Vỹ Dạ sẽ xem "
                "và trả lời trước 14:32 thứ Sáu 20/11/2026. Bạn không cần làm gì.",
            ),
        ),
        (
            "accept",
            (
                "Hồ sơ H57.31.12-261119-0001 đã được tiếp nhận",
                "Trung tâm Phục vụ hành chính công phường Vỹ Dạ đã tiếp nhận «Xin giấy phép xây nhà ở riêng lẻ». "
                "Hẹn trả 17:00 thứ Tư 02/12/2026. Bạn không cần làm gì.",
            ),
        ),
        (
            "ask_papers",
            (
                "Hồ sơ H57.31.12-261119-0001 cần bạn bổ sung",
                "Đồng hồ đang dừng chờ bạn. Trước 17:00 thứ Sáu 04/12/2026, hãy bổ sung: "
                "Bản vẽ thiết kế xây dựng (Mờ khung tên). Chụp lại trang 2. "
                "Quá giờ đó mà chưa gửi đủ, hồ sơ dừng giải quyết (Mẫu 05); có lý do chính đáng thì lãnh đạo có thể khôi phục.",
            ),
        ),
        (
            "refuse",
            (
                "Hồ sơ H57.31.12-261119-0001 không được tiếp nhận",
                "Lý do: Đất tranh chấp. Bạn có thể hỏi Trung tâm Phục vụ hành chính công phường Vỹ Dạ, "
                "hoặc nộp hồ sơ mới khi đã đủ điều kiện.",
            ),
        ),
    ],
)
def test_a_notice_says_who_has_the_dossier_what_next_and_by_when(
    world: World, move: str, words: tuple[str, str]
) -> None:
    with override("vi"):
        assert words_of(world, move) == words


def test_a_dossier_without_a_term_by_law_is_told_so(world: World) -> None:
    event = DossierEvent.objects.get(dossier=accepted(world, *MOMENTS[:2]), move="accept")
    event.dossier.due_at, event.data = None, {}

    words = words_for("accept", facts_of(event))

    assert words
    assert words[1] == (
        "Trung tâm Phục vụ hành chính công phường Vỹ Dạ đã tiếp nhận «Xin giấy phép xây nhà ở riêng lẻ». "
        "Luật không định thời hạn cho việc này; dự kiến xong 11:00 thứ Ba 01/12/2026, theo giờ của từng bước. "
        "Bạn không cần làm gì."
    )
