"""What joins the stages: what is crawled is stored, scored and put into cases; what people decide is learned from.

`intake.py` takes what is crawled, `steps.py` and `filing.py` score it, `worker.py` does so as it lands, `registry.py`
says which model is live. All SQL is in `store/`; `research/` is the researcher's room, `operations/` the operator's.
Below them stand the words that all share: `records.py`, `settings.py`, `home.py`.
"""
