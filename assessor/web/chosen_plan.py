"""Which plan the office pages are about: a library has one, under one key."""

from assessor.store import documents
from assessor.store.documents import StoredPlan


def chosen_plan(library_id: int) -> StoredPlan | None:
    """The newest edition of the library's plan; None where none was accepted yet."""
    keys = documents.plan_keys(library_id)
    # More than one key can only come from commands; all pages then agree on the last.
    return documents.current_plan(library_id, keys[-1]) if keys else None
