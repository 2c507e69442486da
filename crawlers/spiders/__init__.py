"""One module a kind of source: `start(source)` says where to begin, `read(source, fetch, page)` what a page holds."""
