"""The options of one site, written once: default, check and documentation in one field."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gatepost.model.field import Flag, Part, Text


class Settings(Part):
    """What stands under `plugins: gatepost:` in a site's configuration file."""

    audience: Text = Field(
        description="The reader group this site is built for. Required, and literal: "
        "`public`, `internal`, `restricted` or a group of the registry.",
        examples=["public"],
    )
    content: Text = Field(
        "content",
        description="Folder with `releases/`, `registry.yml` and `ledger.json`, relative to the "
        "configuration file. Never inside a `docs_dir`.",
        examples=["content"],
    )
    page_size: int = Field(
        20,
        ge=1,
        le=200,
        description="Entries on one page of the changelog.",
        examples=["20"],
    )
    feed_size: int = Field(
        30,
        ge=1,
        le=200,
        description="Entries in one feed, newest first.",
        examples=["30"],
    )
    source_url: Text = Field(
        "",
        description="Address of a line of a source file, with `{path}` and `{line}`. "
        "Used on internal sites only.",
        examples=["https://github.com/example/releases/blob/main/{path}#L{line}"],
    )
    intro: Text = Field(
        "",
        description="One sentence under the title of the changelog.",
        examples=["Every change you can notice."],
    )
    roadmap_notice: Text = Field(
        "This is a plan, not a promise: dates and contents may change.",
        description="The notice under the roadmap.",
    )
    roadmap_moves: Flag = Field(
        default=True,
        description="Whether a moved target shows what it was: `Q1 2027, was Q4 2026`.",
    )
    social_cards: Literal["highlights", "all", "none"] = Field(
        "highlights",
        description="Which releases get a picture of their own for shared links: those with "
        "`highlight: true`, all, or none. The others share one per type.",
        examples=["all"],
    )
    social_font: Text = Field(
        "",
        description="Font file of these pictures, relative to the configuration file. The "
        "built-in font has English letters only; titles it cannot show are left out.",
        examples=["content/fonts/NotoSans-Bold.ttf"],
    )
    strict: Flag = Field(
        default=False,
        description="Whether advice stops the build too, as errors always do.",
    )
    cache: Flag = Field(
        default=True,
        description="Whether rendered texts are kept in `.cache/gatepost/` for the next build.",
    )
