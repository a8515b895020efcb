"""A real PHP beside the tests: one process, fed by pipes, so that thousands of cases take seconds."""

import subprocess
from types import TracebackType
from typing import Any, Self

SCRIPT = r"""
error_reporting(0);
function take() {
    $head = fread(STDIN, 4);
    if ($head === false || strlen($head) < 4) { exit(0); }
    $left = unpack('N', $head)[1];
    $data = '';
    while (strlen($data) < $left) { $data .= fread(STDIN, $left - strlen($data)); }
    return $data;
}
function give($data) { fwrite(STDOUT, pack('N', strlen($data)) . $data); fflush(STDOUT); }
while (true) {
    switch (take()) {
        case 'encode':
            $json = json_encode(unserialize(take(), ['max_depth' => 0]));
            give($json === false ? '' : $json);
            break;
        case 'sign':
            $key = openssl_pkey_get_private(take(), take());
            $body = take();
            $name = take();
            $name === 'default' ? openssl_sign($body, $made, $key) : openssl_sign($body, $made, $key, $name);
            give((string) $made);
            break;
        case 'verify':
            $public = openssl_pkey_get_public(take());
            $body = take();
            $signature = take();
            $name = take();
            give((string) openssl_verify($body, $signature, $public, $name));
            break;
        case 'key':
            $key = openssl_pkey_get_private(take());
            openssl_pkey_export($key, $pem, take(), ['encrypt_key_cipher' => OPENSSL_CIPHER_AES_256_CBC]);
            give((string) $pem);
            break;
    }
}
"""


class Php:
    """A PHP without any ini file, so with its defaults."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(["php", "-n", "-r", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def encode(self, value: object) -> bytes | None:
        """`json_encode` of the value, or None where it gives false."""
        return self._call("encode", serialized(value)) or None

    def sign(self, pem: bytes, password: bytes, body: bytes, digest: str = "default") -> bytes:
        """`openssl_sign`; without a digest as the gateway's samples call it."""
        return self._call("sign", pem, password, body, digest.encode())

    def verify(self, public_pem: bytes, body: bytes, signature: bytes, digest: str) -> bool:
        """`openssl_verify`."""
        return self._call("verify", public_pem, body, signature, digest.encode()) == b"1"

    def protect(self, pem: bytes, password: bytes) -> bytes:
        """`openssl_pkey_export` with a password."""
        return self._call("key", pem, password)

    def _call(self, name: str, *parts: bytes) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for part in (name.encode(), *parts):
            self._process.stdin.write(len(part).to_bytes(4, "big") + part)
        self._process.stdin.flush()
        length = int.from_bytes(self._process.stdout.read(4), "big")
        return self._process.stdout.read(length)


def serialized(value: Any) -> bytes:
    """Return the value in PHP's own `serialize` format, byte for byte; halves of surrogates become invalid UTF-8."""
    if value is None:
        return b"N;"
    if isinstance(value, bool):
        return b"b:%d;" % value
    if isinstance(value, int):
        return b"i:%d;" % value
    if isinstance(value, float):
        return b"d:%b;" % repr(value).encode()
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        return b's:%d:"%b";' % (len(data), data)
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    return b"a:%d:{%b}" % (len(pairs), b"".join(serialized(key) + serialized(item) for key, item in pairs))
