"""How each peer signs, written down once more from its own documentation, without a line of ours.

The plain one is signed by the two libraries that others keep, HubSpot's by its own client; the
rest have no library that runs here, so their documented formula stands here a second time.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac

from hubspot.utils.signature import Signature
from standardwebhooks.webhooks import Webhook as Standard
from svix.webhooks import Webhook as Svix

from warmhand.apps.connections.peers.kinds import Arrived

URI = "https://warm.example/hooks/abc/"
SECRETS = {
    "zendesk": "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3RpbmdfcHVycG9zZXM=",
    "freshdesk": "a secret of ours",
    "intercom": "intercom-client-secret",
    "chatwoot": "chatwoot-secret",
    "helpscout": "helpscout-secret",
    "hubspot": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
    "plain": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
}


def zendesk(raw, secret, now, id_):
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    made = hmac.new(secret.encode(), stamp.encode() + raw, hashlib.sha256).digest()
    return {
        "x-zendesk-webhook-signature": base64.b64encode(made).decode(),
        "x-zendesk-webhook-signature-timestamp": stamp,
    }


def freshdesk(raw, secret, now, id_):
    return {"x-warmhand-secret": secret}


def intercom(raw, secret, now, id_):
    return {"x-hub-signature": "sha1=" + hmac.new(secret.encode(), raw, hashlib.sha1).hexdigest()}


def chatwoot(raw, secret, now, id_):
    stamp = str(int(now.timestamp()))
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()
    return {
        "x-chatwoot-signature": f"sha256={made}",
        "x-chatwoot-timestamp": stamp,
        "x-chatwoot-delivery": id_,
    }


def helpscout(raw, secret, now, id_):
    made = hmac.new(secret.encode(), raw, hashlib.sha1).digest()
    return {
        "x-helpscout-event": "convo.status",
        "x-helpscout-signature": base64.b64encode(made).decode(),
    }


def hubspot(raw, secret, now, id_):
    """By the method of HubSpot's own client that its check compares with."""
    stamp = str(int(now.timestamp() * 1000))
    made = Signature.get_signature(
        client_secret=secret,
        request_body=raw.decode(),
        signature_version="v3",
        http_uri=URI,
        http_method="POST",
        timestamp=stamp,
    )
    return {"x-hubspot-signature-v3": made, "x-hubspot-request-timestamp": stamp}


def standard(raw, secret, now, id_, library=Standard):
    now = now.replace(microsecond=0)
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": library(secret).sign(id_, now, raw.decode()),
    }


def svix(raw, secret, now, id_):
    return standard(raw, secret, now, id_, library=Svix)


SIGNERS = {
    "zendesk": zendesk,
    "freshdesk": freshdesk,
    "intercom": intercom,
    "chatwoot": chatwoot,
    "helpscout": helpscout,
    "hubspot": hubspot,
    "plain": standard,
}
SIGN_THE_TIME = ("zendesk", "chatwoot", "hubspot", "plain")
SIGN_THE_BODY = tuple(sorted(set(SIGNERS) - {"freshdesk"}))


def arrived(peer, raw, *, now=None, secret=None, id_="msg_1", uri=URI, signer=None, **more):
    """A request as the peer would send it."""
    now = now or dt.datetime.now(dt.UTC)
    made = (signer or SIGNERS[peer])(raw, secret or SECRETS[peer], now, id_)
    return Arrived(raw, {**made, **more}, "POST", uri)


__all__ = ["SECRETS", "SIGNERS", "SIGN_THE_BODY", "SIGN_THE_TIME", "arrived"]
