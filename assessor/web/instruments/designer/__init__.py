"""The designer: an instrument is put together page by page, item by item, or as text.

Every act is a form that posts, so that all of it works without a script.
"""
