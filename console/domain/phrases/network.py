"""Sentences about the way to the gateway and about answers that are none."""

from __future__ import annotations

from console.domain.sentence import Sentence, Tone
from console.domain.text import Text, mark

_CHECK_NETWORK = mark("trouble", "Check the network.")
_NOTHING_TO_DO = mark("trouble", "Nothing has to be done.")
_ASKED_AGAIN = mark("trouble", "The console asks again by itself.")

GENERAL = (
    Sentence(
        "E-NET-DNS",
        mark("trouble", "The server was not found"),
        mark("trouble", "The name {host} was not found in the network."),
        _CHECK_NETWORK,
    ),
    Sentence(
        "E-NET-REFUSED",
        mark("trouble", "The server refused the connection"),
        mark("trouble", "{host} refused the connection."),
        _CHECK_NETWORK,
    ),
    Sentence(
        "E-NET-UNREACHABLE",
        mark("trouble", "No network connection to the server"),
        mark("trouble", "There is no network connection to {host}."),
        mark("trouble", "Check this computer's network: cable, Wi-Fi, VPN, firewall."),
    ),
    Sentence(
        "E-NET-TIMEOUT",
        mark("trouble", "The server does not answer"),
        mark("trouble", "{host} did not answer in {seconds} s."),
        _CHECK_NETWORK,
    ),
    Sentence(
        "E-NET-PROXY",
        mark("trouble", "The proxy refused the connection"),
        mark("trouble", "The proxy {proxy} of the settings refused the connection."),
        mark("trouble", "Check the proxy in the settings of the network."),
    ),
    Sentence(
        "E-TLS",
        mark("trouble", "The connection could not be protected"),
        mark("trouble", "No protected connection with {host} came about."),
        mark("trouble", "Check the network; if it stays so, ask your administrator."),
    ),
    Sentence(
        "E-TLS-ISSUER",
        mark("trouble", "The server's certificate is not trusted"),
        mark(
            "trouble",
            "The certificate of {host} is signed by “{issuer}”, which this computer does not trust. This can be an "
            "antivirus, an employer's proxy or an attack.",
        ),
        mark("trouble", "Do not switch checking off; ask your administrator."),
    ),
    Sentence(
        "E-TLS-HOST",
        mark("trouble", "The server's certificate is another's"),
        mark("trouble", "The certificate is for {names}, not for {host}."),
        mark("trouble", "Check the gateway's address and the network; ask your administrator."),
    ),
    Sentence(
        "E-TLS-DATE",
        mark("trouble", "The dates of the server's certificate do not fit"),
        mark("trouble", "The certificate is valid {from}–{until}; this computer's clock says {now}."),
        mark("trouble", "Check this computer's clock."),
    ),
    Sentence(
        "E-TLS-ROOT",
        mark("trouble", "The extra root certificate cannot be used"),
        mark("trouble", "The file does not fit: {why}."),
        mark("trouble", "Ask your administrator for the certificate of the authority, as one PEM or DER file."),
    ),
    Sentence(
        "E-TLS-CHANGED",
        mark("trouble", "The issuer of the gateway's certificate changed"),
        mark("trouble", "The certificate of {host} was issued by {a}, now it is by {b}. It is valid."),
        _NOTHING_TO_DO,
        tone=Tone.NOTE,
    ),
    Sentence(
        "E-ENV",
        mark("trouble", "Some settings of this computer are ignored"),
        mark("trouble", "The console ignores {names}: such settings change how connections are protected."),
        _NOTHING_TO_DO,
        tone=Tone.NOTE,
    ),
    Sentence(
        "E-CLOCK",
        mark("trouble", "This computer's clock is off"),
        mark(
            "trouble", "This computer's clock differs from the gateway's by {d}. Times in the journal may look wrong."
        ),
        mark("trouble", "Set the clock by the network. Payouts are not affected."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-GATEWAY-OFFLINE",
        mark("trouble", "The gateway is out of reach"),
        mark("trouble", "The question to {host} did not leave this computer."),
        _CHECK_NETWORK,
    ),
    Sentence(
        "E-GATEWAY-5XX",
        mark("trouble", "The gateway has a fault"),
        mark("trouble", "The gateway has a fault ({status})."),
        _ASKED_AGAIN,
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-GATEWAY-429",
        mark("trouble", "The gateway asks to slow down"),
        mark("trouble", "The gateway takes no requests until {time}."),
        mark("trouble", "The console waits and asks again by itself."),
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-GATEWAY-HTML",
        mark("trouble", "The gateway's answer is no data"),
        mark("trouble", "The gateway answered with a web page or with something else instead of data."),
        _ASKED_AGAIN,
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-GATEWAY-HUGE",
        mark("trouble", "The gateway's answer is too long"),
        mark("trouble", "The gateway answered with too much data; it was not read to its end."),
        _ASKED_AGAIN,
        tone=Tone.WARNING,
    ),
    Sentence(
        "E-GATEWAY-ODD",
        mark("trouble", "The gateway's answer is unusual"),
        mark("trouble", "The gateway gave an answer that proves nothing ({status})."),
        mark("trouble", "Check the gateway's address and the account in the settings."),
        tone=Tone.WARNING,
    ),
)

CAUSES: dict[str, Text] = {
    "E-GATEWAY-5XX": mark("trouble", "the gateway has a fault ({status})"),
    "E-GATEWAY-429": mark("trouble", "the gateway asks to slow down"),
    "E-GATEWAY-HTML": mark("trouble", "a web page or something else instead of data"),
    "E-GATEWAY-HUGE": mark("trouble", "too much data"),
    "E-GATEWAY-ODD": mark("trouble", "an answer that proves nothing ({status})"),
    "E-CERT-REFUSED": mark("trouble", "the gateway does not accept the signature ({status})"),
}
"""The causes of an unclear outcome in a few words: what stands for {reason} of E-UNKNOWN."""
