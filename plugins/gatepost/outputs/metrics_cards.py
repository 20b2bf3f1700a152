"""The card of each figure: the number, whether it got better, a chart, and the numbers beneath."""

from __future__ import annotations

from gatepost.outputs.metrics_drawings import DRAWN
from gatepost.outputs.metrics_views import CardView, Stage, said
from gatepost.outputs.words import plain
from gatepost.process.metrics import FREQUENCY, RECOVERY, Figure


def cards(figures: tuple[Figure, ...], stage: Stage) -> tuple[CardView, ...]:
    """A card for each figure."""
    return tuple(_card(one, stage) for one in figures)


def _card(one: Figure, stage: Stage) -> CardView:
    drawing, note, table = None, "", None
    if one.now.total and (one.now.value is not None or one.about is RECOVERY):
        drawing, note, table = DRAWN[one.about.key](one, stage)
    big, unit = (
        said(one.about.unit, one.now.value) if one.now.value is not None else ("–", "")
    )
    tone, icon, change = _change(one)
    return CardView(
        id=one.about.key,
        name=one.about.name,
        guide=_guide(one),
        big=big,
        unit=", ".join(part for part in (unit, _of(one)) if part),
        tone=tone,
        icon=icon,
        change=change,
        baseline=_baseline(one, stage),
        chart=drawing,
        note=note or one.about.means,
        why_not=f"{one.why_not[:1].upper()}{one.why_not[1:]}." if one.why_not else "",
        fix="" if not one.why_not or _all_is_well(one) else plain(one.about.fix),
        table=table,
    )


def _all_is_well(one: Figure) -> bool:
    """No failure, hence nothing to recover from: nothing is missing."""
    return one.about is RECOVERY and not one.now.total


def _guide(one: Figure) -> str:
    other = one.about.guide_name
    return f"In older guides: {other}" if other and other != one.about.name else ""


def _of(one: Figure) -> str:
    if one.now.value is None:
        return ""
    if one.about.unit == "%":
        return f"{one.now.count} of {one.now.total}"
    if one.about is FREQUENCY:
        return ""
    mean = said(one.about.unit, one.now.mean or 0)
    return f"median of {one.now.count}; mean {' '.join(mean).strip()}"


def _change(one: Figure) -> tuple[str, str, str]:
    now, before = one.now.value, one.before.value
    if now is None or before is None:
        return "m", "", "" if now is None else "Nothing before to compare with"
    was = " ".join(said(one.about.unit, before)).removesuffix(" a week").strip()
    if one.about.unit == "%":
        was = f"{one.before.count} of {one.before.total}, {was}"
    if one.trend == "too-few":
        return "m", "", f"{was} before. Too few to compare"
    if one.trend == "same":
        return "m", "", f"{was} before. No clear change"
    word, icon = ("up from", "up") if now > before else ("down from", "down")
    return ("ok" if one.trend == "better" else "no"), icon, f"{word} {was}"


def _baseline(one: Figure, stage: Stage) -> str:
    base = stage.facts.baseline
    if base is None or one.baseline is None:
        return ""
    first, last = stage.day(base.since), stage.day(base.last)
    if one.baseline.value is None:
        return f"Nothing to go by in the baseline, {first} to {last}."
    told = " ".join(said(one.about.unit, one.baseline.value)).strip()
    return f"Baseline, {first} to {last}: {told}"


def summary(figures: tuple[Figure, ...]) -> str:
    """What got better and what got worse, in a sentence or two."""
    words = {one.about.key: one.trend for one in figures}
    names = {one.about.key: one.about.name.lower() for one in figures}
    better = [names[key] for key, trend in words.items() if trend == "better"]
    worse = [names[key] for key, trend in words.items() if trend == "worse"]
    few = [names[key] for key, trend in words.items() if trend == "too-few"]
    parts = [f"Better than before: {', '.join(better)}."] if better else []
    parts += [f"Worse: {', '.join(worse)}."] if worse else []
    if few and not parts:
        parts.append("Too few deployments to tell better from worse.")
    elif few:
        parts.append(f"Too few to tell: {', '.join(few)}.")
    return " ".join(parts) or "Nothing changed clearly."
