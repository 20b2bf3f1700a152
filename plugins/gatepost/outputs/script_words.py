"""The words of `gatepost.js`: English stands in the script, other languages come with the page."""

from __future__ import annotations

import json
from functools import cache

from gatepost.outputs.tongue import ENGLISH, N_, NP_, Tongue

WORDS = (
    N_("All changes"),
    N_("Any"),
    N_("Copied"),
    N_("Feed of this selection"),
    N_("Feeds that hold it:"),
    N_("New for you"),
    N_("Nothing changes for you from {from} to {to}"),
    N_("Not in this log: {asked}. It has: {known}."),
    N_("Nothing matches. Remove a filter to see more."),
    N_("Press Ctrl+C"),
    N_("Remove {text}"),
    N_("since {day}"),
    N_("The newest {most} of {all} are shown: narrow the filter to see others."),
    N_("Until {day}."),
    N_("What to do: {action}"),
    N_("What you must do"),
    N_("What you should know"),
    N_("{product}: {type}"),
    N_("“{text}”"),
)
COUNTED = (
    NP_("{found} of {n} change", "{found} of {n} changes"),
    NP_("{n} change from {from} to {to}", "{n} changes from {from} to {to}"),
)
"""Texts with a number, in both forms that English has."""


@cache
def script_words(tongue: Tongue) -> str:
    """What a page gives the script along in its head; nothing in English."""
    if tongue is ENGLISH:
        return ""
    said: dict[str, object] = {text: tongue.gettext(text) for text in WORDS}
    said |= {one: dict(tongue.forms(one, many)) for one, many in COUNTED}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/json" class="gp-words">{text}</script>'
