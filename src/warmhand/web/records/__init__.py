"""The records: lists, pages and forms.

A kind of record is declared, not programmed: `kinds/` says what can be done about it (a form
and the service that does it), `lists.py` how it is listed. Pages, routes, buttons and Undo follow.
"""
