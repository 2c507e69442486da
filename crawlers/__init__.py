"""From a source to its posts, passages and fact-checks: which pages are asked for and when, and what they say.

Asking is for `watch.py` (the spider), `guard.py`, `hosts.py` and `robots.py`. Reading is pure, bytes in and items out,
and goes on in worker processes: `spiders/` has a module a kind of source, over `extract.py`, `feeds.py` and what they
use. What is found goes through `items.py`, the one door, to whoever runs the crawl: nothing here knows the store.
"""
