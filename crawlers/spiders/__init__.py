"""One module a kind of source, of its name: `read(source, fetch, page)` says what a page holds.

`start(source)` says where to begin; a module without one begins at the source's address.

`read` runs in a worker process (crawlers/worker.py) with the page's bytes alone, and asks neither network nor store.
What it raises makes the page `failed`, with a trace in the log; running out of memory or depth makes it `broken`, too
long a time `too_slow`. What a page may well be is no error but the `missed` of its Reading. Posts and passages are
handed over through `page.reading_of`, which drops those without text and posts in other languages; nobody else does.
"""
