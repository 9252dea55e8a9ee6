"""Makes the peer's tables and one referral; prints its code."""

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from pinax.referrals.models import Referral  # noqa: E402 - after the set-up

print(Referral.create(redirect_to="/").code)
