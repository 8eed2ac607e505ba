"""Which passkeys the site takes: any that a device offers; alone, one that knows its owner."""

from flask_security import UserMixin, WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class SitePasskeys(WebauthnUtil):
    """A phone, a laptop's own sensor or a key on a ring.

    A passkey knows its account, so nobody types an address before it, and no address can be tried
    for whether it has an account.
    """

    def authenticator_selection(
        self, user: UserMixin, usage: str
    ) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=_verification(alone=usage == "first"),
        )

    def user_verification(
        self, user: UserMixin | None, usage: list[str]
    ) -> UserVerificationRequirement:
        return _verification(alone="secondary" not in usage)


def _verification(*, alone: bool) -> UserVerificationRequirement:
    # Without a password beside it, holding the device is not enough: its owner has to be there.
    if alone:
        return UserVerificationRequirement.REQUIRED
    return UserVerificationRequirement.DISCOURAGED
