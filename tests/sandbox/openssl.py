"""Signatures made by OpenSSL's own tool, so that nothing of the sandbox vouches for itself."""

import subprocess
from pathlib import Path

from console.domain.digest import Digest


def sign(folder: Path, body: bytes, digest: Digest = Digest.SHA1) -> bytes:
    """Return the signature of `body` by the certificate in `folder`."""
    command = ["openssl", "dgst", f"-{digest.value}", "-sign", "private.pem", "-passin", "file:password.txt"]
    return subprocess.run(command, cwd=folder, input=body, capture_output=True, check=True).stdout
