"""From a text to its score: what it claims, what evidence says of that, and why it comes before a person.

`scoring.py` is the way in. Each room below it is a stage, and sees only those below it: `checking`, `logic`,
`factuality`, `evidence`, `readers`, `entailment`, `semantics`, `comparison`, `orthography`, `text`; above it stand
`learning` and `evaluation`. Nothing here knows a post, a source, a home or the store: it takes texts and ids.
"""
