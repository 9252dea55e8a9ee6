from tests.followups.story import story as story
from tests.stopped_clock import time as time
