"""How often something may be tried: the rates of `settings.ACCOUNT_RATE_LIMITS`, counted in the shared cache."""

from allauth.core import ratelimit
from django.conf import settings


def consume(request, action, key=None):
    """
    Count one try of `action` and say whether it is still allowed.

    `action` is a name in `settings.ACCOUNT_RATE_LIMITS`, whose rates are per address of the visitor ("20/m/ip") or per
    `key` ("3/h/key": an e-mail address, a form). Reading (GET) is never counted.
    """
    if action not in settings.ACCOUNT_RATE_LIMITS:
        raise ValueError(f"No rate for {action!r} in ACCOUNT_RATE_LIMITS")
    return ratelimit.consume(request, action=action, key=key)
