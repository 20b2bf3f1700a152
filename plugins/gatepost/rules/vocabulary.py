"""The names entries may use: the registry's, and those every registry knows."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.model.registry import Registry, reader_groups
from gatepost.model.release import PathInFile
from gatepost.rules.nearest import Names

_ROW = 2
"""Parts of the path of a row: its section and its name."""
PERSONAS = ("end-users", "admins", "developers")
"""Personas every registry knows."""
PROFILES = ("agile", "regulated", "continuous")
"""Profiles every registry knows."""
ROLES = (
    *("release_manager", "pm", "eng_lead", "qa_lead", "devops", "on_call"),
    *("rollback_authority", "product_marketing", "support_lead", "customer_success"),
    *("sales", "operations", "docs_owner"),
)
"""Role keys the checklists ask for; the teams of a registry may fill others."""

USUAL_AUDIENCES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("all", "anybody", "anyone", "any", "client", "clients", "customer"),
            *("customers", "everybody", "everyone", "external", "open", "user"),
            *("users", "world"),
        ),
        "public",
    ),
    **dict.fromkeys(
        (
            *("colleagues", "company", "draft", "employees", "intern", "me", "none"),
            *("nobody", "private", "staff", "team"),
        ),
        "internal",
    ),
}
"""What others call our audiences. A word that might mean either, such as `partners`, is left out:
a wrong guess would publish."""


def vocabulary(registry: Registry) -> Mapping[str, Names]:
    """Section of the registry to the names entries may use of it."""
    own_roles = (role for team in registry.teams.values() for role in team.roles)
    known = {
        "products": registry.products,
        "components": registry.components,
        "plans": registry.plans,
        "regions": registry.regions,
        "platforms": registry.platforms,
        "hosting": registry.hosting,
        "personas": (*PERSONAS, *registry.personas),
        "audiences": reader_groups(registry),
        "profiles": (*PROFILES, *registry.profiles),
        "teams": tuple(bare_handle(name) for name in registry.teams),
        "roles": (*ROLES, *own_roles),
    }
    # A row in which something is wrong is there nevertheless, and the registry's own findings
    # say what; nobody shall be told to add it.
    written: dict[str, list[str]] = {}
    for path in registry.places:
        if len(path) == _ROW and path[0] in known:
            written.setdefault(str(path[0]), []).append(_name_in(path))
    return {
        section: Names.of((*names, *written.get(section, ())))
        for section, names in known.items()
    }


def _name_in(path: PathInFile) -> str:
    """The name of a registry's row, as entries are compared with it."""
    name = str(path[1])
    return bare_handle(name) if path[0] == "teams" else name


def bare_handle(name: str) -> str:
    """A team handle as it is compared: lower case, without `@`."""
    return name.strip().lstrip("@").lower()
