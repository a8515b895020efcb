"""A new password is long, printable and never the same."""

from console.vault.password import new_password


def test_new_passwords() -> None:
    passwords = {new_password().reveal() for _ in range(100)}
    assert len(passwords) == 100
    assert all(len(password) == 43 and password.isascii() and password.isprintable() for password in passwords)
