"""`motcua play`: a process walked on standard input and output."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.catalogue.bpmn.builder import (
    begin,
    definitions,
    element,
    end,
    exclusive,
    flow,
    flows,
    parallel,
    process,
    task,
    timer,
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "process.bpmn"
    path.write_text(
        definitions(process(
            begin(), task("a", name="Tiếp nhận"), timer("late", "a"), exclusive("g"), task("b"), end(),
            flows("start a g b end"), flow("g", "end", id="stop"),
        ))
    )  # fmt: skip
    return path


@pytest.fixture
def play(monkeypatch, capsys):
    """Return a function that plays a file with lines of input and returns the lines of output, errors and exit code."""

    def played(path, *lines, json_lines=True):
        given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        code = 0
        try:
            call_command("play", str(path), json=json_lines, stdout=sys.stdout, stderr=sys.stderr)
        except SystemExit as exit_:
            code = exit_.code
        out, err = capsys.readouterr()
        return [json.loads(line) if json_lines else line for line in out.splitlines()], err, code

    return played


def test_every_line_is_answered_by_the_new_state(play, file):
    out, err, code = play(file, {"complete": "a", "choose": "g_b"}, {"complete": "b", "data": {"x": 1}})

    assert out == [
        {"enabled": ["a"], "done": False, "timers": ["late"]},
        {"enabled": ["b"], "done": False},
        {"enabled": [], "done": True},
    ]
    assert (err, code) == ("", 0)


def test_a_timer_goes_off_when_it_is_completed(play, file):
    assert play(file, {"complete": "late"})[0][1] == {"enabled": ["a"], "done": False}


@pytest.mark.parametrize(
    "line, error",
    [
        ("xx", "Dòng này không phải JSON. Chưa có gì thay đổi."),
        ("[" * 100_000, "Dòng này không phải JSON. Chưa có gì thay đổi."),
        ("[]", 'Dòng này phải là {"complete": mã việc, "data": {…}, "choose": mã luồng}.'),
        ({"complete": 1}, 'Dòng này phải là {"complete": mã việc, "data": {…}, "choose": mã luồng}.'),
        ({"complete": "a", "data": []}, "“data” phải là một đối tượng JSON. Chưa có gì thay đổi."),
        (
            {"complete": "a", "choose": {"x": 1}},
            "“choose” phải là mã một luồng, hoặc danh sách mã. Chưa có gì thay đổi.",
        ),
        ({"complete": "b"}, "Việc “b” lúc này không chờ ai làm. Chưa có gì thay đổi."),
        ({"complete": "zzz"}, "Không có việc nào mã “zzz”. Chưa có gì thay đổi."),
    ],
)
def test_a_line_that_cannot_be_done_is_an_error_and_the_walk_goes_on(play, file, line, error):
    out, _, code = play(file, line, "", {"complete": "a", "choose": "stop"})

    assert out[1] == {"error": error, "enabled": ["a"], "done": False, "timers": ["late"]}
    assert out[2] == {"enabled": [], "done": True}
    assert code == 0


@pytest.mark.parametrize("choose", [{}, {"choose": None}, {"choose": "start_a"}, {"choose": ["stop", "g_b"]}])
def test_a_missing_or_wrong_choice_is_an_error_that_names_the_choices(play, file, choose):
    answer = play(file, {"complete": "a"} | choose)[0][1]

    assert (answer["choices"], answer["enabled"], answer["done"]) == (["g_b", "stop"], ["a"], False)


def test_a_refused_file_is_one_sentence_and_exit_code_2(play, tmp_path):
    path = tmp_path / "refused.bpmn"
    path.write_text(definitions(process(begin(), element("serviceTask", "x", name="Gọi máy"), flows("start x"))))
    reason = ("Không thực hiện được “Gọi máy” (mã x): "
              "việc do máy gọi dịch vụ; motcua không biết dịch vụ ấy làm gì.")  # fmt: skip

    assert play(path) == ([{"refused": [{"element": "x", "reason": reason}]}], reason + "\n", 2)
    assert play(path, json_lines=False) == ([], reason + "\n", 2)


def test_a_file_whose_beginning_never_comes_to_rest_is_refused(play, tmp_path):
    splits = [parallel(f"p{number}") + exclusive(f"x{number}") for number in range(5)]
    ways = [f"p{n} {between}{n} x{n}" for n in range(5) for between in "abcdefghij"]
    passes = [element("intermediateThrowEvent", f"{between}{n}") for n in range(5) for between in "abcdefghij"]
    path = tmp_path / "many.bpmn"
    path.write_text(
        definitions(process(begin(), *splits, *passes, flows("start p0", "x0 p1", "x1 p2", "x2 p3", "x3 p4", *ways)))
    )

    reason = "Quy trình quay vòng mãi hoặc sinh quá nhiều nhánh mà không qua việc nào. Chưa có gì thay đổi."
    assert play(path) == ([{"refused": [{"element": "", "reason": reason}]}], reason + "\n", 2)


def test_a_file_that_is_broken_or_missing_is_one_sentence_and_exit_code_2(play, tmp_path):
    path = tmp_path / "no.bpmn"
    missing = f"Không mở được tệp “{path}”. Hãy xem lại đường dẫn và quyền đọc."
    assert play(path) == ([{"refused": [{"element": "", "reason": missing}]}], missing + "\n", 2)

    path.write_text("<a>")
    broken = "Tệp không phải XML đúng: hỏng ở dòng 1, cột 4. Chưa có gì được nhập; hãy xuất lại tệp."
    assert play(path) == ([{"refused": [{"element": "", "reason": broken}]}], broken + "\n", 2)


def test_people_read_words(play, file):
    out, _, _ = play(file, "a x=1 g_b", "zzz", "b", json_lines=False)

    assert out == [
        "Đang chờ làm: “Tiếp nhận” (mã a)",
        "Hẹn giờ đang chạy: “late”",
        "Đang chờ làm: “b”",
        "Không có việc nào mã “zzz”. Chưa có gì thay đổi.",
        "Đang chờ làm: “b”",
        "Quy trình đã xong.",
    ]


def test_the_program_needs_no_database(file):
    run = subprocess.run(
        [sys.executable, "-c", "from motcua.config.cli import main; main()", "play", str(file), "--json"],
        input='{"complete": "a", "choose": "stop"}\n', capture_output=True, text=True, check=True,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
    )  # fmt: skip

    assert run.stdout.splitlines()[-1] == '{"enabled": [], "done": true}'
