"""JSON lines from other programs: every line is answered, in order, as soon as it comes."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from soi import pipe


@given(st.text(max_size=300))
def test_any_line_is_parsed_or_says_what_is_wrong(raw):
    line = pipe.parse(raw, needed=("text",))
    assert line.error or isinstance(line.record["text"], str)


def test_what_is_wrong_is_said_in_words():
    assert pipe.parse("{", needed=("text",)).error == "the line isn't valid JSON"
    assert pipe.parse("[1]", needed=("text",)).error == "the line isn't a JSON object"
    assert pipe.parse('{"id": 1}', needed=("text",)).error == "text must be a text"
    assert pipe.parse('{"text": 3}', needed=("text",)).error == "text must be a text"
    assert pipe.parse("[" * 100_000, needed=("text",)).error == "the line isn't valid JSON"
    assert "characters" in pipe.parse('"' + "x" * pipe.MAX_LINE + '"', needed=("text",)).error


def test_batches_keep_every_line_in_order_and_skip_blank_ones():
    lines = [f'{{"n": {n}}}\n' for n in range(1000)]
    stream = io.StringIO("\n".join(lines))
    seen = [json.loads(raw)["n"] for batch in pipe.batches(stream, size=64) for raw in batch]
    assert seen == list(range(1000))


def test_no_batch_is_larger_than_asked():
    stream = io.StringIO("{}\n" * 500)
    assert max(len(batch) for batch in pipe.batches(stream, size=16)) <= 16


def test_an_empty_stream_gives_nothing():
    assert list(pipe.batches(io.StringIO(""), size=8)) == []
