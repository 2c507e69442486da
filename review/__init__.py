"""The desk: pages and a JSON API on which people decide, put together in `app.py`.

A page is a module with its routes (`queue.py`, `case.py`, …) over `templates/`; programs have the same by `api.py` and
its kin. What people do is in `deeds.py`, `deciding.py` and `passages.py`, once for both. What is said stands in
English in the code, in Vietnamese in `translations/vi.po`.
"""
