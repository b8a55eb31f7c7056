"""Second factor 2段階の認証: codes that are used up for the whole installation, and secrets that are kept encrypted."""

from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from todoke.accounts.models import User
from todoke.accounts.typed_codes import plain_code
from todoke.accounts.used_codes import UsedCode
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.read_only_mode import read_only


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """MFA adapter of allauth that keeps app secrets and recovery seeds encrypted with the installation's key."""

    def encrypt(self, text: str) -> str:
        return encrypt_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt_text(encrypted_text)


def time_step(secret: str, code: str) -> int | None:
    """Return the time step (30 s since 1970) whose code this is, within the tolerated ones; None for a wrong code."""
    steps: list[int] = list(yield_hotp_counters_from_time())
    right = [
        step for step in steps if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
    ]
    return right[0] if right else None


def use_app_code(secret: str, code: str) -> bool:
    """Use the code of an authenticator app up; False when it is wrong or was used, on this process or another."""
    step = time_step(secret, plain_code(code))
    return step is not None and UsedCode.use(f"app {secret}", str(step), UsedCode.OF_APP)


def use_code(user: User, code: str) -> Authenticator | None:
    """Use a code of a person's app or recovery sheet up and return the factor it belongs to; None for no good code."""
    code = plain_code(code)
    for factor in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if factor.type == Authenticator.Type.TOTP:
            good = use_app_code(decrypt_text(factor.data["secret"]), code)
        else:
            good = _use_recovery_code(factor, code)
        if good:
            return factor
    return None


def _use_recovery_code(sheet: Authenticator, code: str) -> bool:
    if read_only() is not None or not sheet.wrap().validate_code(code):
        return False
    return UsedCode.use(f"sheet {sheet.pk}", normalize_user_code(code))
