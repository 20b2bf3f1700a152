"""Dates, quarters and durations, as people write them in front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English month names; `strftime` would follow the machine's locale."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?(Z|UTC|[+-]\d{2}:?\d{2})?"
)
_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DURATION = re.compile(r"(\d+)\s*(s|m|h|d|w)")
_TARGET = re.compile(r"(\d{4})(?:-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_MONTHS_PER_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Clock:
    """How a date without a time or zone is to be read."""

    zone: tzinfo = UTC
    hour: time = time(9)
    """Date-only values mean this hour in `zone`."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time, and whether its author gave a time of day."""

    at: datetime
    """Always aware."""
    timed: bool = False
    """False if only a date was written."""

    @property
    def day(self) -> date:
        """The calendar day in the zone it was written in."""
        return self.at.date()

    @property
    def iso(self) -> str:
        """`2026-11-20`, or RFC 3339 with offset if a time was written."""
        return self.at.isoformat() if self.timed else self.day.isoformat()

    @classmethod
    def parse(cls, text: str, clock: Clock) -> Moment:
        """Read `2026-11-20`, `2026-11-20 14:05` or RFC 3339.

        Raises:
            ValueError: *text* is no date, with the form to write in its message.
        """
        if match := _DATE.fullmatch(text):
            day = date(*map(int, match.groups()))
            return cls(datetime.combine(day, clock.hour, clock.zone))
        if match := _MOMENT.fullmatch(text):
            *numbers, second, offset = match.groups()
            day = date(*map(int, numbers[:3]))
            hour = time(int(numbers[3]), int(numbers[4]), int(second or 0))
            zone = _zone(offset, clock.zone)
            return cls(datetime.combine(day, hour, zone), timed=True)
        if match := _LOOSE.match(text):
            year, month, day_of_month = match.groups()
            msg = f"write {year}-{int(month):02}-{int(day_of_month):02}"
            raise ValueError(msg)
        msg = "write it as 2026-11-20, or with a time as 2026-11-20T14:05:00Z"
        raise ValueError(msg)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            _moment,
            serialization=core_schema.plain_serializer_function_ser_schema(_iso),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}"
            r"([T ]\d{2}:\d{2}(:\d{2})?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$",
        }


def _zone(offset: str | None, site_zone: tzinfo) -> tzinfo:
    if offset is None:
        return site_zone
    if offset in {"Z", "UTC"}:
        return UTC
    zone = datetime.strptime(offset.replace(":", ""), "%z").tzinfo
    return zone or UTC


def _iso(moment: Moment) -> str:
    return moment.iso


def _moment(value: object, info: ValidationInfo) -> Moment:
    if isinstance(value, Moment):
        return value
    clock = (info.context or {}).get("clock", Clock())
    if not isinstance(value, str):
        raise PydanticCustomError("moment", "is not a date: write it as 2026-11-20")
    try:
        return Moment.parse(value.strip(), clock)
    except ValueError as error:
        way_out = str(error)
        if not way_out.startswith("write"):
            way_out = f"{way_out}: check the day and the month"
        raise PydanticCustomError(
            "moment",
            "`{given}` is not a date: {way_out}",
            {"given": value, "way_out": way_out},
        ) from None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: a whole number and one of `s m h d w`."""

    text: str
    """As written, such as `5d`."""
    delta: timedelta

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _duration,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^\d+\s*[smhdw]$"}

    def __str__(self) -> str:
        return self.text


def _duration(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError(
            "duration",
            "`{given}` is not a length of time: write a number and s, m, h, d or w, such as 5d",
            {"given": str(value)},
        )
    number, unit = match.groups()
    try:
        return Duration(f"{number}{unit}", timedelta(**{_UNITS[unit]: int(number)}))
    except OverflowError:
        raise PydanticCustomError(
            "duration", "`{given}` is longer than any release", {"given": str(value)}
        ) from None


@dataclass(frozen=True, slots=True)
class Target:
    """When something is meant to come: a year, half, quarter or month. Never a day."""

    text: str
    """As written: `2026`, `2026-H2`, `2026-Q4` or `2026-12`."""

    @property
    def label(self) -> str:
        """For readers: `Q4 2026`, `Dec 2026`, `second half of 2026`, `2026`."""
        year, _, part = self.text.partition("-")
        if not part:
            return year
        if part.startswith("Q"):
            return f"{part} {year}"
        if part.startswith("H"):
            return f"{'first' if part == 'H1' else 'second'} half of {year}"
        return f"{MONTHS[int(part) - 1][:3]} {year}"

    @property
    def quarters(self) -> tuple[str, ...]:
        """The quarters it may fall in, such as `2026-Q3`, earliest first."""
        year, _, part = self.text.partition("-")
        if part.startswith("Q"):
            return (self.text,)
        if part.startswith("H"):
            numbers: tuple[int, ...] = (1, 2) if part == "H1" else (3, 4)
        elif part:
            numbers = ((int(part) - 1) // _MONTHS_PER_QUARTER + 1,)
        else:
            numbers = (1, 2, 3, 4)
        return tuple(f"{year}-Q{number}" for number in numbers)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _target,
            serialization=core_schema.plain_serializer_function_ser_schema(_text),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{_TARGET.pattern}$"}


def _text(target: Target) -> str:
    return target.text


def _target(value: object) -> Target:
    if isinstance(value, Target):
        return value
    if isinstance(value, str) and _TARGET.fullmatch(value.strip()):
        return Target(value.strip())
    raise PydanticCustomError(
        "target",
        "`{given}` is not a target: write 2026-Q4, 2026-H2, 2026-12 or 2026",
        {"given": str(value)},
    )


def quarter_of(day: date) -> str:
    """The quarter a day lies in, such as `2026-Q4`."""
    return f"{day.year}-Q{(day.month - 1) // _MONTHS_PER_QUARTER + 1}"
