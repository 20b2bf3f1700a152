"""The names entries may use: the registry's, and those every registry knows."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.model.registry import Registry, reader_groups
from gatepost.rules.nearest import Names

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
    return {
        "products": Names.of(registry.products),
        "components": Names.of(registry.components),
        "plans": Names.of(registry.plans),
        "regions": Names.of(registry.regions),
        "platforms": Names.of(registry.platforms),
        "hosting": Names.of(registry.hosting),
        "personas": Names.of((*PERSONAS, *registry.personas)),
        "audiences": Names.of(reader_groups(registry)),
        "profiles": Names.of((*PROFILES, *registry.profiles)),
        "teams": Names.of(bare_handle(name) for name in registry.teams),
        "roles": Names.of((*ROLES, *own_roles)),
    }


def bare_handle(name: str) -> str:
    """A team handle as it is compared: lower case, without `@`."""
    return name.strip().lstrip("@").lower()
