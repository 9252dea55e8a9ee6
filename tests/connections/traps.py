"""Small servers for tests of calling out: a trap that counts, and servers that misbehave."""

from __future__ import annotations

import datetime as dt
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Behave = Callable[[socket.socket], None]


@dataclass
class Trap:
    """A listener on loopback; `reached` counts who came, `names` which server they asked for."""

    port: int
    reached: int = 0
    names: list[str | None] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)


def ok(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def _request(sock: socket.socket) -> bytes:
    """All of a request, body included: who answers too early hangs up on the rest."""
    said = b""
    while more := sock.recv(65536):
        said += more
        head, end, body = said.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        encrypted = said.startswith(b"\x16")
        if encrypted or (end and len(body) >= (int(length[1]) if length else 0)):
            break
    return said


@contextmanager
def trap(behave: Behave = ok, context: ssl.SSLContext | None = None) -> Iterator[Trap]:
    listener = socket.create_server(("127.0.0.1", 0))
    found = Trap(listener.getsockname()[1])
    if context is not None:
        context.sni_callback = lambda _sock, name, _context: found.names.append(name)
    over = threading.Event()

    def one(sock: socket.socket) -> None:
        try:
            with sock, context.wrap_socket(sock, server_side=True) if context else sock as talk:
                found.said.append(_request(talk))
                behave(talk)
        except OSError:
            pass

    def serve() -> None:
        while not over.is_set():
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            if over.is_set():
                sock.close()
                return
            found.reached += 1
            threading.Thread(target=one, args=(sock,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        # a last visitor wakes the one who waits for visitors
        with socket.socket() as last:
            last.connect_ex(("127.0.0.1", found.port))
        thread.join()
        listener.close()


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for a name, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / f"{name}.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
