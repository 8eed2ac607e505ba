"""Every table in one import: for migrations, and for whoever must not miss one."""

from assessor.store import triggers
from assessor.store.accounts import ROLES, Account, LibraryRow, Role, WebAuthn, account_role
from assessor.store.database import Base, db, today
from assessor.store.instruments import InstrumentDraft, InstrumentVersion
from assessor.store.plans import MappingEdition, PlanEdition, PlanReview
from assessor.store.responses import (
    DraftRow,
    EndingCount,
    QuotaCount,
    ResponseRow,
    UploadRow,
)
from assessor.store.scorecards import ScorecardRow
from assessor.store.waves import Participation, WaveGroup, WaveRow

__all__ = [
    "ROLES",
    "Account",
    "Base",
    "DraftRow",
    "EndingCount",
    "InstrumentDraft",
    "InstrumentVersion",
    "LibraryRow",
    "MappingEdition",
    "Participation",
    "PlanEdition",
    "PlanReview",
    "QuotaCount",
    "ResponseRow",
    "Role",
    "ScorecardRow",
    "UploadRow",
    "WaveGroup",
    "WaveRow",
    "WebAuthn",
    "account_role",
    "db",
    "today",
    "triggers",
]
