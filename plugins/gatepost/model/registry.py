"""The registry: products, teams, audiences and whatever else entries name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from gatepost.model.field import Part, Text, Texts
from gatepost.model.finding import Place
from gatepost.model.item import Gate, ItemChange
from gatepost.model.moment import Clock, Moment
from gatepost.model.parts import Channel, IncidentPlan, Monitor, Rollback
from gatepost.model.phase import PhaseKey
from gatepost.model.release import Kind, PathInFile

Scheme = Literal["semver", "calver", "pep440", "natural"]
Clearance = Literal["public", "internal", "restricted"]
BUILT_IN_INSIDERS = frozenset({"internal", "restricted"})
"""Reader groups that exist without being declared and read internal fields."""
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError(
            "zone",
            "`{name}` is no time zone: write one such as Europe/Berlin or UTC",
            {"name": name},
        ) from None
    return name


def _hour(text: str) -> str:
    try:
        time.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(
            "hour", "`{text}` is no time of day: write it as 09:00", {"text": text}
        ) from None
    return text


class Defaults(Part):
    """What entries of a product or component inherit when they say nothing themselves."""

    audience: Texts | None = Field(None, description="Reader groups.")
    plans: Texts | None = Field(None, description="Plans.")
    regions: Texts | None = Field(None, description="Regions.")
    platforms: Texts | None = Field(None, description="Platforms.")
    hosting: Texts | None = Field(None, description="Cloud, self-hosted and the like.")
    roles: Mapping[str, Text] | None = Field(
        None, description="Role key to team handle."
    )
    monitors: tuple[Monitor, ...] | None = Field(None, description="What to watch.")
    incident: IncidentPlan | None = Field(
        None, description="What happens when it goes wrong."
    )
    rollback: Rollback | None = Field(None, description="The standing way back.")
    channels: tuple[Channel, ...] | None = Field(
        None, description="How people are told."
    )


class Label(Part):
    """A name for readers: of a persona, plan, region, platform or way of hosting."""

    label: Text = Field("", description="What readers see; the key when left out.")
    labels: Mapping[str, Text] = Field(
        {}, description="The same in other languages, by their tags, such as `de`."
    )


class Product(Part):
    """Something customers know by name."""

    name: Text = Field("", description="What readers see; the key when left out.")
    names: Mapping[str, Text] = Field(
        {}, description="The same in other languages, by their tags, such as `de`."
    )
    group: Text = Field("", description="Products are listed under it.")
    url: Text = Field("", description="Where it is documented.")
    owner: Text = Field("", description="Team handle. Internal.")
    versions: Scheme = Field("semver", description="How its versions are ordered.")
    defaults: Defaults = Field(Defaults(), description="What its entries inherit.")


class Component(Product):
    """A part of a product."""

    product: Text = Field("", description="The product it belongs to.")


class Team(Part):
    """A team, known by its handle."""

    name: Text = Field("", description="Its name.")
    channel: Text = Field("", description="Where it is reached.")
    roles: Texts = Field((), description="Role keys it can fill.")


class Audience(Part):
    """A group of readers, and what else it may read."""

    label: Text = Field("", description="What the group is called.")
    sees: Texts = Field((), description="Other groups whose entries it may read.")


class PhaseLabel(Part):
    """An organisation's own words for a phase."""

    label: Text = Field("", description="On the internal site.")
    public_wording: Text = Field("", description="For readers, before it is exposed.")
    public_wordings: Mapping[str, Text] = Field(
        {}, description="The same in other languages, by their tags, such as `de`."
    )
    aliases: Texts = Field((), description="Other spellings entries may use.")


class Profile(Part):
    """How strict the process is."""

    label: Text = Field("", description="Its name.")
    signers: Texts = Field((), description="Role keys that must sign every go/no-go.")
    rehearsal_days: int = Field(
        90, ge=1, description="How old a rollback rehearsal may be."
    )
    gates: Mapping[str, Gate] = Field(
        {}, description="How much a checklist item counts here, by its id."
    )
    asks: Texts = Field(
        (), description="Ids of the only checklist items that are asked; all if empty."
    )


class Baseline(Part):
    """The time that later figures are compared with, before something was changed."""

    since: Moment = Field(description="First day.")
    until: Moment = Field(description="Last day.")
    note: Text = Field("", description="What changed after it.")


class Policy(Part):
    """Promises the rules hold releases to."""

    deprecation_notice_days: int = Field(
        90,
        ge=0,
        le=36_500,
        description="Least time between the notice and the end of something.",
    )
    bedding_in_days: int = Field(
        3, ge=0, le=36_500, description="Days before campaigns may begin."
    )
    stale_roadmap_days: int = Field(
        90, ge=1, description="When an unconfirmed item says so."
    )
    review_days: int = Field(
        45, ge=1, description="When a finished release must be reviewed."
    )
    status_days: int = Field(
        14, ge=1, description="How old the last word to stakeholders may be."
    )
    peak_hours: Texts = Field(
        (),
        description="Hours in which many people are disturbed, in the site's zone, such as "
        "08:00-18:00.",
    )
    baseline: Baseline | None = Field(
        None, description="What the delivery metrics are compared with."
    )
    internal_hosts: Texts = Field(
        (), description="Host endings that never stand in public text."
    )
    ticket_prefixes: Texts = Field(
        (), description="Project keys of tickets, such as PAY."
    )
    public_words: Texts = Field(
        (),
        description="Words that look internal and are not, such as ORDER-10 or nas.local.",
    )
    attachments: Texts = Field(
        (
            ".png",
            ".jpg",
            ".jpeg",
            ".gif",
            ".webp",
            ".avif",
            ".mp4",
            ".webm",
            ".pdf",
            ".csv",
            ".json",
        ),
        description="Endings of files that may be published.",
    )
    attachment_bytes: int = Field(
        2_000_000, ge=1, description="Size from which a picture is reported."
    )


class Blackout(Part):
    """Days on which nothing goes out and nothing is announced."""

    name: Text = Field(description="What people call it.")
    start: Moment = Field(
        description="First day, in the site's zone; or a time with its offset."
    )
    end: Moment = Field(description="Last day; or a time with its offset.")
    products: Texts = Field(
        (), description="Products and components it is about; all when left out."
    )
    reason: Text = Field("", description="Why.")


class Freeze(Blackout):
    """Days on which nothing goes to production but what `allows` names."""

    allows: tuple[Kind, ...] = Field(
        ("hotfix",), description="Kinds of release that may go out nevertheless."
    )


class FlagFile(Part):
    """The file in which the provider of feature flags keeps them."""

    file: Text = Field(
        description="File or folder with the provider's flags, relative to the registry."
    )
    format: Literal["", "flagd", "gitlab", "unleash", "launchdarkly", "kubernetes"] = (
        Field("", description="How it is written; told from the file when left out.")
    )
    environment: Text = Field(
        "", description="Which of its environments counts; production when left out."
    )


REGISTRY_FILE = "registry.yml"
"""Its name in the content folder."""


class Registry(Part):
    """`content/registry.yml`."""

    zone: Annotated[Text, AfterValidator(_zone)] = Field(
        "UTC", description="Zone of dates."
    )
    hour: Annotated[Text, AfterValidator(_hour)] = Field(
        "09:00", description="Hour that a date without a time means."
    )
    products: Mapping[Key, Product] = Field({}, description="What entries are about.")
    components: Mapping[Key, Component] = Field({}, description="Parts of products.")
    teams: Mapping[str, Team] = Field({}, description="Team handles.")
    audiences: Mapping[Key, Audience] = Field(
        {}, description="Reader groups beside public, internal and restricted."
    )
    personas: Mapping[Key, Label] = Field({}, description="Values of `for`.")
    plans: Mapping[Key, Label] = Field({}, description="Values of `plans`.")
    regions: Mapping[Key, Label] = Field({}, description="Values of `regions`.")
    platforms: Mapping[Key, Label] = Field({}, description="Values of `platforms`.")
    hosting: Mapping[Key, Label] = Field({}, description="Values of `hosting`.")
    phases: Mapping[PhaseKey, PhaseLabel] = Field(
        {}, description="Own words for phases."
    )
    profiles: Mapping[Key, Profile] = Field(
        {}, description="How strict the process is."
    )
    profile: Text = Field("agile", description="The profile in force.")
    checklist: Mapping[str, ItemChange] = Field(
        {}, description="Checklist items the site adds, changes or drops, by their ids."
    )
    policy: Policy = Field(
        Policy(), description="Notice periods, and what may stand in public text."
    )
    defaults: Defaults = Field(Defaults(), description="What every entry inherits.")
    freezes: tuple[Freeze, ...] = Field(
        (), description="Days without deployments, hotfixes apart."
    )
    blackouts: tuple[Blackout, ...] = Field(
        (), description="Days without deployments and announcements."
    )
    fields: Mapping[str, Clearance] = Field(
        {}, description="Own `x-` fields and who reads them."
    )
    flags: FlagFile | None = Field(
        None, description="Where the provider of feature flags keeps them."
    )
    rules: Mapping[str, Literal["error", "advice", "off"]] = Field(
        {}, description="Rules this site holds stricter or looser."
    )
    places: SkipJsonSchema[Mapping[PathInFile, Place]] = Field({}, exclude=True)

    @property
    def clock(self) -> Clock:
        """How dates without time or zone are read."""
        return Clock(ZoneInfo(self.zone), time.fromisoformat(self.hour))

    def at(self, *path: str | int) -> Place:
        """Where *path* was written, or the nearest thing above it."""
        for end in range(len(path), 0, -1):
            if place := self.places.get(tuple(path[:end])):
                return place
        return self.places.get((), Place("content/registry.yml"))

    def name_of(self, product: str) -> str:
        """What readers call a product or component."""
        row = self.products.get(product) or self.components.get(product)
        return (row.name if row else "") or product

    def seen_by(self, reader: str) -> frozenset[str]:
        """The groups whose entries *reader* may read."""
        return frozenset(reader_groups(self).get(reader, (reader,)))

    def clearance(self, reader: str) -> Clearance:
        """Which fields a group may read: its own groups are outsiders unless built in."""
        return reader if reader in BUILT_IN_INSIDERS else "public"  # type: ignore[return-value]


def reader_groups(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Every group with the groups it may read, itself and public included."""
    own = tuple(registry.audiences)
    groups = {
        name: tuple(dict.fromkeys((name, *row.sees, "public")))
        for name, row in registry.audiences.items()
    }
    groups["public"] = ("public",)
    groups["internal"] = ("public", *own, "internal")
    groups["restricted"] = ("public", *own, "internal", "restricted")
    return groups


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What subscribers were promised about one id."""

    feed_id: str
    """A `tag:` URI (RFC 4151) that never changes."""
    first_published: str = ""
    """RFC 3339, in UTC; empty while it only stood on the roadmap."""
    first_seen: str = ""
    """RFC 3339, in UTC; when readers first came across it, on the roadmap or in the log."""
    gone: str = ""
    """Why there is no entry any more; empty while there is one."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """`content/ledger.json`: ids that were public, and what they are called in feeds."""

    path: str = "content/ledger.json"
    rows: Mapping[str, LedgerRow] = field(default_factory=dict)
