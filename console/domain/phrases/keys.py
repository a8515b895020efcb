"""Sentences about keys and certificates, the password store and the accounts."""

from __future__ import annotations

from console.domain.sentence import MoneyLine, Sentence, Tone
from console.domain.text import mark

_ANOTHER_KEY = mark("trouble", "Choose private.pem and password.txt of one archive of the cabinet.")

GENERAL = (
    Sentence(
        "E-CERT-PASSWORD",
        mark("trouble", "The private key did not open"),
        mark("trouble", "The password is wrong or the file is damaged."),
        mark("trouble", "Take both from one archive of the cabinet."),
    ),
    Sentence(
        "E-CERT-NOPASS",
        mark("trouble", "This key needs a password"),
        mark("trouble", "The private key is protected, and no password was given."),
        mark("trouble", "The password lies in password.txt beside the key."),
    ),
    Sentence(
        "E-CERT-PLAIN",
        mark("trouble", "This key is not protected by a password"),
        mark("trouble", "Anyone with the file can pay."),
        mark(
            "trouble",
            "The console keeps its own copy encrypted; its password is in the password store and comes back with the "
            "recovery code. Delete the file when you do not need it.",
        ),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-CERT-PUBLIC",
        mark("trouble", "This is the public key"),
        mark("trouble", "The public half of a pair signs nothing."),
        mark("trouble", "Choose private.pem."),
    ),
    Sentence(
        "E-CERT-SHORT",
        mark("trouble", "This key is short"),
        mark("trouble", "It has {bits} bits. It works."),
        mark("trouble", "Ask AliKassa for a longer one."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-CERT-WEAK",
        mark("trouble", "This key cannot be used"),
        mark("trouble", "The reason: {why}."),
        _ANOTHER_KEY,
    ),
    Sentence(
        "E-CERT-ARCHIVE",
        mark("trouble", "This archive cannot be used"),
        mark("trouble", "The reason: {why}."),
        mark("trouble", "Unpack it and drop the folder here."),
    ),
    Sentence(
        "E-LOCKED",
        mark("trouble", "The console is locked"),
        mark("trouble", "The private keys are not in memory, so nothing new is signed."),
        mark("trouble", "Unlock the console and do it again."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-CERT-UNPROVED",
        mark("trouble", "The gateway has not accepted this key yet"),
        mark("trouble", "A key pays only after the gateway has accepted it once for a question."),
        mark("trouble", "Check the connection."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-CERT-CHANGED",
        mark("trouble", "The key file has changed"),
        mark("trouble", "It is another key than the one that last worked."),
        mark("trouble", "Check the connection before paying."),
    ),
    Sentence(
        "E-CERT-MISSING",
        mark("trouble", "This account has no key for that"),
        mark("trouble", "It was connected with the certificate of the other direction alone."),
        mark("trouble", "Add the certificate in the settings of the account."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-KEY-FILE",
        mark("trouble", "The account could not be stored"),
        mark("trouble", "A file of the console could not be written ({why}). What was written before was taken back."),
        mark("trouble", "Check the room on the disk and the rights of the folder, and try again."),
    ),
    Sentence(
        "E-CERT-SELF",
        mark("trouble", "The signature did not pass its own check"),
        mark("trouble", "This computer made a signature that its own public key does not confirm."),
        mark("trouble", "Restart the computer. If it happens again, do not pay from it: its memory may be faulty."),
        MoneyLine.NOT_SENT,
        Tone.DAMAGE,
    ),
    Sentence(
        "E-CERT-REFUSED",
        mark("trouble", "The gateway does not accept the signature"),
        mark(
            "trouble",
            "Account {tail}, {digest}. Nothing is marked as failed. Possible: payments and payouts swapped, the pair "
            "not saved or replaced in the cabinet, another account, another digest.",
        ),
        mark("trouble", "Run “Check connection”."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-KEYRING-NONE",
        mark("trouble", "This computer offers no password store"),
        mark("trouble", "Secrets will not be written to a file ({why})."),
        mark(
            "trouble",
            "Install or start a store ({names}), or enter the recovery code, the account and the passwords for this "
            "session.",
        ),
    ),
    Sentence(
        "E-KEYRING-REFUSED",
        mark("trouble", "The password store refused"),
        mark("trouble", "It did not keep or remove an entry. Secrets will not be written to a file."),
        mark("trouble", "Look whether the store is for reading only or its disk is full, then do it once more."),
    ),
    Sentence(
        "E-KEYRING-JOURNAL",
        mark("trouble", "This computer does not hold the key of this journal"),
        mark("trouble", "You can look, but neither send nor see what is sealed."),
        mark("trouble", "Enter the recovery code."),
    ),
    Sentence(
        "E-KEYRING-LOCKED",
        mark("trouble", "The password store is locked"),
        mark("trouble", "The console could not read a password from the store."),
        mark("trouble", "Unlock the store and press Again."),
    ),
    Sentence(
        "E-KEYRING-DISMISSED",
        mark("trouble", "The password store stayed locked"),
        mark("trouble", "You closed the unlock window."),
        mark("trouble", "Press Again and unlock the store."),
    ),
    Sentence(
        "E-KEYRING-HANG",
        mark("trouble", "The password store does not answer"),
        mark("trouble", "The password store has not answered for {seconds} s."),
        mark("trouble", "Look for a hidden window that asks for a password."),
    ),
    Sentence(
        "E-KEYRING-MISSING",
        mark("trouble", "The saved password is gone"),
        mark("trouble", "The password store no longer has it."),
        mark("trouble", "Add the key once more in the settings."),
    ),
    Sentence(
        "E-KEYRING-SIZE",
        mark("trouble", "The password store takes no text so long"),
        mark("trouble", "The store takes at most {most} characters; this has {have}."),
        mark("trouble", "Check that the right text was chosen."),
    ),
    Sentence(
        "E-KEYRING-READBACK",
        mark("trouble", "The password store changed what was saved"),
        mark("trouble", "The store returned something else than was saved. It is not used."),
        mark("trouble", "Save it once more; if it happens again, use another store."),
    ),
    Sentence(
        "E-RECOVERY-FIRST",
        mark("trouble", "The recovery code comes first"),
        mark(
            "trouble",
            "Without it nobody could open this journal after the password store is lost, and nothing of what is sent "
            "now could be proved.",
        ),
        mark("trouble", "Print or save the code in the settings and type one group of it back; then send."),
        MoneyLine.NOT_SENT,
    ),
    Sentence(
        "E-ADDRESS",
        mark("trouble", "These keys do not sign for this address"),
        mark("trouble", "The address {host} is not one that a key of this account may sign for."),
        mark("trouble", "Connect the account anew, with the gateway's own host."),
        MoneyLine.NOT_SENT,
        Tone.WARNING,
    ),
    Sentence(
        "E-NO-ACCOUNT",
        mark("trouble", "No account is connected"),
        mark("trouble", "Without an account there is nothing to pay from."),
        mark("trouble", "Connect an account, or practise in the sandbox."),
    ),
)
