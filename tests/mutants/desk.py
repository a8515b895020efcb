"""Mistakes around the desk: secrets, masks, files for others, and the screen."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_EXPORT = ("services/test_export.py::test_dangerous_cells_get_an_apostrophe",)
_FORMULA = '_FORMULA = frozenset("=+-@\\t\\r")'

DESK = (
    Mutant(
        "keyring falls back to a file",
        "app/vaults.py",
        "    if sandbox:\n",
        "    if sandbox or home_id:\n",
        ("app/test_vaults.py::test_only_the_sandbox_keeps_its_secrets_in_a_file",),
    ),
    Mutant(
        "a live account in the file",
        "vault/file.py",
        """return kind == "sandbox" and host.scheme""",
        "return host.scheme",
        ("vault/test_file.py::test_live_account_is_refused",),
    ),
    Mutant(
        "no entry is an empty password",
        "vault/keyring.py",
        "return None if text is None else Secret(text)",
        'return Secret(text or "")',
        ("vault/test_keyring.py::test_one_entry_a_secret_under_the_documented_names",),
    ),
    Mutant(
        "what came back different is used",
        "vault/keyring.py",
        "        if self.read(name) != secret:\n",
        "        if self.read(name) is None:\n",
        ("vault/test_keyring.py::test_what_comes_back_different_is_not_kept",),
    ),
    Mutant(
        "a secret is printed",
        "domain/secret.py",
        "def __repr__(self) -> str:\n",
        "def __repr__(self) -> str:\n        return self.reveal()\n\n    def _unused(self) -> str:\n",
        ("domain/test_secret.py",),
    ),
    Mutant(
        "mask of eight and four",
        "domain/method.py",
        "{Form.CARD: (6, 4),",
        "{Form.CARD: (8, 4),",
        ("domain/test_method.py::test_beside_an_operation_numbers_are_masked",),
    ),
    Mutant(
        "long numbers in the gateway's words",
        "services/outcomes.py",
        "return _LONG_NUMBER.sub(lambda found: _DOT * 6 + found[0][-2:], text)",
        "return text",
        ("services/test_outcomes.py::test_long_numbers_are_hidden_however_they_are_written",),
    ),
    Mutant(
        "an unknown name is shown",
        "services/masks.py",
        "    if method is None:\n        return HIDDEN\n",
        "    if method is None:\n        return text\n",
        ("services/test_masks.py::test_a_number_is_hidden_and_an_unknown_name_too",),
    ),
    Mutant(
        "shown whole without a record",
        "services/operations.py",
        "        self._journal.append(entry)\n",
        "",
        ("services/test_operations.py::test_a_number_is_shown_whole_after_that_is_journalled",),
    ),
    Mutant("a tab begins a formula", "services/export.py", _FORMULA, _FORMULA.replace("\\t", ""), _EXPORT),
    Mutant("a carriage return begins a formula", "services/export.py", _FORMULA, _FORMULA.replace("\\r", ""), _EXPORT),
    Mutant(
        "a blank hides a formula", "services/export.py", "line.lstrip()[:1] in _FORMULA", "not line and False", _EXPORT
    ),
    Mutant("a full-width formula", "services/export.py", '"NFKC"', '"NFC"', _EXPORT),
    Mutant(
        "a label in rich text",
        "ui/controls/label.py",
        "Qt.TextFormat.PlainText",
        "Qt.TextFormat.AutoText",
        ("ui/controls/test_label.py::test_markup_from_outside_is_shown_as_it_came",),
    ),
    Mutant(
        "a basis of another amount takes the same order id twice",
        "services/drafts.py",
        "hashlib.sha256(folded.encode()).hexdigest()[:16]",
        "len(folded)",
        ("services/test_drafts.py::test_an_id_from_the_basis_is_the_same_on_every_desk",),
    ),
    Mutant(
        "an account is connected twice, by another host",
        "services/connect.py",
        "if account_id != again and self._accounts.is_same(account_id, entry):",
        "if account_id != again and self._accounts.entry(account_id) == entry:",
        ("services/test_connect.py::TestAnAccount::test_that_cannot_be_is_refused_at_its_field",),
    ),
)
