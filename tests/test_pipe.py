"""JSON lines from other programs: every line is answered, in order, as soon as it comes."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi import pipe

ROOT = Path(__file__).resolve().parents[1]
ECHO = """
import sys
import typer
from soi import front, pipe
def app():
    whole = typer.Typer()
    @whole.command()
    def echo():
        with pipe.answers() as out:
            pipe.run(lambda lines: [{"id": line.record.get("id")} for line in lines], out, needed=("text",), size=4)
    return whole
front.app = app
front.main()
"""


def parse(raw: str | bytes, **rest: int) -> pipe.Line:
    return pipe.parse(raw if isinstance(raw, bytes) else raw.encode(), needed=("text",), days=("date",), **rest)


def echoed(given: bytes, *, closed: str = "", before: str = "", command: str = ECHO) -> tuple[list[dict], str, int]:
    """Answers of the front door to some input, with its last words and its exit code."""
    typed = ["sh", "-c", f'{before}"{sys.executable}" -c "$0" {closed}', command]
    done = subprocess.run(typed, input=given, capture_output=True, timeout=180, check=False, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode(), done.returncode


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_any_line_is_parsed_or_says_what_is_wrong(raw):
    line = parse(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass"))
    assert line.error or isinstance(line.record["text"], str)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("{", "the line isn't valid JSON"),
        ("[1]", "the line isn't a JSON object"),
        ('{"id": 1}', 'there is no "text"'),
        ('{"id": 1, "Text": "a"}', 'there is no "Text"; did you mean "text"?'),
        ('{"id": 1, "texts": "a", "passage": "b"}', 'there is no "texts"; did you mean "text"?'),
        ('{"text": null}', "text must be a text"),
        ('{"text": 3}', "text must be a text"),
        ("[" * 100_000, "the line isn't valid JSON"),
        ('{"text": "a", "id": NaN}', "id must be a JSON value that can be given back"),
        ('{"text": "a", "id": [1e999]}', "id must be a JSON value that can be given back"),
        ('{"text": "a", "id": "\\ud800"}', "id must be a JSON value that can be given back"),
        ('{"text": "a", "id": {"\\ud800": 1}}', "id must be a JSON value that can be given back"),
        ('{"text": "a", "date": "hôm qua"}', "date must be a day such as 2025-11-30"),
        ('{"text": "a", "date": 20251130}', "date must be a day such as 2025-11-30"),
        (b'{"text": "tr\xe1\xba"}', "the line isn't UTF-8 text"),
        ('{"text": "a"}'.encode("utf-16"), "the line isn't UTF-8 text"),
        (b'{"text": "a \0 b"}', "the line holds a NUL byte, as UTF-16 does; give UTF-8, a NUL as \\u0000"),
        ('"' + "x" * pipe.MAX_LINE + '"', "the line has more than 4000000 bytes"),
    ],
)
def test_what_is_wrong_is_said_in_words(raw, said):
    assert parse(raw).error == said


def test_a_day_as_pandas_writes_it_is_read():
    assert parse('{"text": "a", "date": 1764460800000}').record["date"] == "2025-11-30"
    assert parse('{"text": "a", "date": 1764460800}').error == "date must be a day such as 2025-11-30"


def test_a_mark_before_the_first_line_is_no_part_of_it():
    raw = b'\xef\xbb\xbf{"text": "a"}'
    assert parse(raw, number=1) == pipe.Line({"text": "a"}, "", 1)
    assert parse(raw, number=2).error == "the line isn't valid JSON"


def test_batches_keep_every_line_in_order_and_skip_blank_ones():
    lines = [f'{{"n": {n}}}\n' for n in range(1000)]
    stream = io.BytesIO("\n".join(lines).encode())
    seen = [(number, json.loads(raw)["n"]) for batch in pipe.batches(stream, size=64) for number, raw in batch]
    assert seen == [(2 * n + 1, n) for n in range(1000)]


def test_no_batch_is_larger_than_asked():
    stream = io.BytesIO(b"{}\n" * 500)
    assert max(len(batch) for batch in pipe.batches(stream, size=16)) <= 16


def test_an_empty_stream_gives_nothing():
    assert list(pipe.batches(io.BytesIO(b""), size=8)) == []


def test_of_a_line_that_is_too_long_a_little_is_kept_and_the_next_one_is_read():
    stream = io.BytesIO(b"x" * (3 * pipe.MAX_LINE) + b"\n{}\n")
    (long, short) = pipe.lines_of(stream)
    assert (len(long[1]), short) == (pipe.MAX_LINE + 1, (2, b"{}\n"))


def test_lines_without_an_end_end_the_command():
    with open("/dev/zero", "rb") as stream, pytest.raises(pipe.BadInput, match="line 1 has no end"):
        list(pipe.lines_of(stream))


def test_an_error_of_the_stream_comes_after_the_lines_before_it():
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            if not line:
                raise OSError("the tape is torn")
            return line

    found = pipe.batches(Broken(b"{}\n"), size=8)
    assert next(found) == [(1, b"{}\n")]
    with pytest.raises(pipe.BadInput, match="the tape is torn"):
        next(found)


def test_lines_that_cannot_be_read_are_numbered_and_counted():
    answers, said, code = echoed(b'\n{"id": 7, "text": "a"}\n\n{\n{"text": "b"}\n')
    assert answers == [
        {"id": 7},
        {"id": None, "error": "the line isn't valid JSON", "line": 4},
        {"id": None, "line": 5},
    ]
    assert (said, code) == ("soi: 1 of 3 lines couldn't be read; their answers say why.\n", 0)


def test_a_line_that_breaks_the_reader_is_answered_with_why_and_the_others_as_ever():
    picky = """
def answer(lines):
    if any(line.record["text"] == "b" for line in lines):
        raise RecursionError("too deep")
    return [{"id": line.record.get("id"), "n": len(lines)} for line in lines]
"""
    command = picky + ECHO.replace('lambda lines: [{"id": line.record.get("id")} for line in lines]', "answer")
    given = b"".join(b'{"id": %d, "text": "%c"}\n' % (at, text) for at, text in enumerate(b"abc"))
    answers, said, code = echoed(given, command=command)
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert answers[1] == {"id": 1, "error": "it can't be read (RecursionError)", "line": 2}
    assert answers[2]["n"] == 1
    assert (said, code) == ("soi: 1 of 3 lines couldn't be read; their answers say why.\n", 0)
    answers, said, code = echoed(b'{"id": 1, "text": "b"}\n', command=command)
    assert (len(answers), said, code) == (1, "soi: no line of 1 could be read; each answer says why.\n", 2)


def test_a_line_that_cannot_be_read_has_no_findings_beside_why():
    command = ECHO.replace('{"id": line.record.get("id")}', '{"id": line.record.get("id"), "flagged": False}')
    answers, _, _ = echoed(b'{"id": 7, "text": "a"}\n{"id": 8, "txt": "b"}\n', command=command)
    assert answers[0] == {"id": 7, "flagged": False}
    assert answers[1] == {"id": 8, "flagged": None, "error": 'there is no "txt"; did you mean "text"?', "line": 2}


def test_a_line_is_refused_where_what_must_be_filled_is_empty():
    needed = ("claim", "evidence")
    for empty in needed:
        raw = json.dumps(dict.fromkeys(needed, "a") | {empty: " "}).encode()
        assert pipe.parse(raw, needed=needed, filled=True).error == f"{empty} is empty"
        assert not pipe.parse(raw, needed=needed).error


def test_of_a_name_that_only_another_command_reads_the_first_line_that_holds_it_is_told():
    command = ECHO.replace("size=4", 'size=4, unread={"role": "ask another", "evidence": "give a file"}')
    assert command != ECHO
    lines = [
        {"id": 1, "text": "a", "role": None},
        {"id": 2, "role": "party"},
        *({"id": n, "text": "a"} for n in (3, 4)),
    ]
    more = [{"id": n, "text": "a", "role": "party", "label": "x"} for n in (5, 6)]
    given = "".join(f"{json.dumps(line)}\n" for line in [*lines, *more]).encode()
    answers, said, code = echoed(given, command=command)
    assert [one["id"] for one in answers] == [1, 2, 3, 4, 5, 6]
    assert said.splitlines() == [
        'soi: "role" isn\'t read (line 5); ask another.',
        "soi: 1 of 6 lines couldn't be read; their answers say why.",
    ]
    assert code == 0


def test_an_input_of_which_nothing_can_be_read_fails():
    answers, said, code = echoed(b"{\n\xff\n")
    assert [answer["line"] for answer in answers] == [1, 2]
    assert (said, code) == ("soi: no line of 2 could be read; each answer says why.\n", 2)
    assert echoed(b"") == ([], "", 0)


@pytest.mark.parametrize(("closed", "name"), [("<&-", "input"), (">&-", "output")])
def test_a_closed_stream_is_said_in_one_sentence(closed, name):
    _, said, code = echoed(b'{"text": "a"}\n', closed=closed)
    assert (said, code) == (f"soi: standard {name} is closed; pipe JSON lines in and read the answers.\n", 2)


@pytest.mark.parametrize(("limit", "why"), [("ulimit -f 1; ", "File too large"), ("", "No space left on device")])
def test_answers_that_cannot_be_written_are_counted_and_the_last_may_be_cut(tmp_path, limit, why):
    place = tmp_path / "out" if limit else Path("/dev/full")
    given = b"".join(b'{"id": %d, "text": "a"}\n' % number for number in range(1000))
    _, said, code = echoed(given, closed=f"> {place}", before=limit)
    written = place.read_bytes().splitlines(keepends=True) if limit else []
    whole = sum(line.endswith(b"\n") for line in written)
    assert [json.loads(line) for line in written[:whole]] == [{"id": number} for number in range(whole)]
    assert bool(whole) == bool(limit)
    assert (said, code) == (
        f"soi: answers can't be written ({why}): {whole} are whole, and the last line may be cut; make room and ask"
        " again from the next one.\n",
        2,
    )


@pytest.mark.parametrize("closed", ["", "2>&-"])
def test_whatever_a_part_writes_to_the_output_goes_to_the_error_stream(closed):
    stray = """
import os, subprocess
def answer(lines):
    print("printed")
    os.write(1, b"native\\n")
    subprocess.run(["echo", "child"], check=True)
    return [{"id": line.record.get("id")} for line in lines]
"""
    command = ECHO.replace('lambda lines: [{"id": line.record.get("id")} for line in lines]', "answer")
    assert command != ECHO
    answers, said, code = echoed(b'{"id": 7, "text": "a"}\n', closed=closed, command=stray + command)
    assert (answers, code) == ([{"id": 7}], 0)
    assert sorted(said.split()) == ([] if closed else ["child", "native", "printed"])


@pytest.mark.parametrize("start", [["-m", "soi"], ["-c", "from soi import main; main()"]])
def test_a_command_that_is_stopped_while_it_is_still_loading_says_no_more_than_that(tmp_path, start):
    stopped = "import os, signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\nos.kill(os.getpid(), 2)\n"
    (tmp_path / "typer.py").write_text(stopped, encoding="utf-8")  # which the commands are made of
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, *start, "status"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


@pytest.mark.parametrize(("how", "said", "code"), [("Ctrl-C", "Stopped.\n", 130), ("enough read", "", 0)])
def test_a_pipe_whose_input_stays_open_is_left_in_peace(how, said, code):
    at_work = subprocess.Popen(
        # a test run in the background ignores Ctrl-C, and so would what it starts
        [sys.executable, "-c", f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n{ECHO}"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert at_work.stdin
    assert at_work.stdout
    assert at_work.stderr
    with at_work, at_work.stdin as given:
        given.write(b'{"id": 7, "text": "a"}\n')
        given.flush()
        assert json.loads(at_work.stdout.readline()) == {"id": 7}
        if how == "Ctrl-C":
            at_work.send_signal(signal.SIGINT)
        else:
            at_work.stdout.close()
            given.write(b'{"id": 8, "text": "b"}\n')
            given.flush()
        assert (at_work.stderr.read().decode(), at_work.wait(timeout=180)) == (said, code)
