"""Where helpdesks knock: read the raw body, hand it to the door, answer in the one error shape."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from warmhand.apps.connections.door import public_uri, receive
from warmhand.apps.connections.peers.kinds import Arrived
from warmhand.problems import Problem

MOST_BYTES = 1_048_576
TOO_BIG = Problem(
    "body_too_big", "The body is larger than 1 MB.", lift="Send less at a time.", status=413
)
UNREADABLE = Problem(
    "bad_request", "This request can't be read.", lift="Send it again.", status=400
)
ONLY_POST = Problem(
    "method_not_allowed",
    "This address takes POST only.",
    lift="Put it into the helpdesk's webhook; there is nothing to open here.",
    status=405,
)
BUSY = Problem(
    "busy",
    "The database can't be reached just now; nothing was kept.",
    lift="Try again in a minute.",
    status=503,
)


@csrf_exempt
def hook(request: HttpRequest, address: str) -> JsonResponse:
    """One delivery: kept and put into the queue when this answers 200."""
    try:
        return JsonResponse(receive(_arrived(request), address).as_dict())
    except Problem as problem:
        return _answer(problem)
    except (OperationalError, InterfaceError):
        return _answer(BUSY)


def _arrived(request: HttpRequest) -> Arrived:
    if request.method != "POST":
        raise ONLY_POST
    try:
        raw = request.body
    except RequestDataTooBig:
        raise TOO_BIG from None
    except UnreadablePostError:
        raise UNREADABLE from None
    if len(raw) > MOST_BYTES:
        raise TOO_BIG
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Arrived(raw, headers, "POST", public_uri(request))


def _answer(problem: Problem) -> JsonResponse:
    answer = JsonResponse(problem.as_dict(), status=problem.status)
    # Django would write the address into its log: it is half of what it takes to get in.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    if problem.status == 405:
        answer["Allow"] = "POST"
    if problem.status == 503:
        answer["Retry-After"] = "60"
    return answer
