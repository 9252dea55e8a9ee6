from tests.letterbox import letterbox as letterbox
from tests.stopped_clock import time as time
