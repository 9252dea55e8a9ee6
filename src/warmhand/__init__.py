"""Warmhand: who has earned an ask for a referral today, what to do about each client, and why."""

import os

__version__ = "0.1.0"

# numpy reads this when it is first imported. Our matrices are small: threads that wait for each
# other take three times the processor time and, on a busy machine, longer.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
