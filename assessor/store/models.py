"""Every table in one import: for migrations, and for whoever must not miss one."""

from assessor.store import triggers
from assessor.store.accounts import ROLES, Account, LibraryRow, Role, WebAuthn, account_role
from assessor.store.database import Base, db, today
from assessor.store.imports import ColumnMapRow, WaveSource
from assessor.store.instruments import InstrumentDraft, InstrumentStep, InstrumentVersion
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
    "ColumnMapRow",
    "DraftRow",
    "EndingCount",
    "InstrumentDraft",
    "InstrumentStep",
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
    "WaveSource",
    "WebAuthn",
    "account_role",
    "db",
    "today",
    "triggers",
]
