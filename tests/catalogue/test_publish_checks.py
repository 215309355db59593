"""The checks before publishing as proofs: errors name their part, doubts do not keep a version from being published."""

import pytest

from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.processes.proofs import Level
from motcua.catalogue.publish_checks import faults_of, proofs_of_version
from motcua.catalogue.queries import version_numbered
from tests.catalogue.samples import BOAT, drafted

pytestmark = pytest.mark.django_db


def read(version: ProcedureVersion) -> ProcedureVersion:
    found = version_numbered(version.procedure.code, version.number)
    assert found is not None
    return found


def test_the_proofs_say_every_fault_and_its_part() -> None:
    version = read(drafted(desk_name="", cases=[], paper_groups=[]))

    errors = [proof for proof in proofs_of_version(version) if proof.level is Level.ERROR]

    assert sorted(proof.detail for proof in errors) == sorted(faults_of(version))
    assert [proof.title for proof in errors] == ["Tên", "Trường hợp, thời hạn", "Giấy tờ"]


def test_doubts_are_warnings() -> None:
    idle = {"key": "idle", "label": "Để làm gì?", "hint": "", "options": [{"value": "a", "label": "A"}]}
    version = read(drafted(questions=[*BOAT["questions"], idle], fees=[{"name": "Phí", "amount_vnd": None}]))  # type: ignore[misc]

    proofs = proofs_of_version(version, has_fee_account=False)

    warned = [proof.title for proof in proofs if proof.level is Level.WARNING]
    assert warned == ["Chưa rõ số tiền", "Câu hỏi chưa dùng vào đâu"]
    assert (proofs[-1].level, proofs[-1].title) == (Level.ELSEWHERE, "Có thu tiền, chưa có tài khoản")
    assert faults_of(version) == []
