"""Every kind of page of the two sites, and the pages of the demonstration that stand for it."""

from __future__ import annotations

KINDS = {
    "public": {
        r"": ("",),
        r"404\.html": ("404.html",),
        r"about/": ("about/",),
        r"changelog/(page/\d+/)?": ("changelog/", "changelog/page/2/"),
        r"changelog/\d{4}/(page/\d+/)?": ("changelog/2025/",),
        r"changelog/product/[^/]+/(page/\d+/)?": ("changelog/product/billing/",),
        r"changelog/type/[^/]+/(page/\d+/)?": ("changelog/type/breaking/",),
        r"changelog/for/[^/]+/(page/\d+/)?": ("changelog/for/admins/",),
        r"changelog/version/[^/]+/[^/]+/": ("changelog/version/api/4.18.0/",),
        r"releases/[^/]+/": (
            "releases/retry-plan/",  # rolling out, with pictures, a table and code
            "releases/parallel-invoices/",  # rolled back
            "releases/node-sdk-11-2-0/",  # withdrawn
            "releases/apple-pay-subscriptions/",  # not released yet
            "releases/amounts-with-currency/",  # breaking, with several blocks of code
            "releases/charge-source-deprecated/",  # deprecated
            "releases/webhook-secret-expiry/",  # security
            "releases/address-form/",  # with a film
            "releases/arabic-invoices-ar/",  # in a language that runs from right to left
        ),
        r"upgrade/": ("upgrade/",),
        r"upgrade/[^/]+/(page/\d+/)?": ("upgrade/billing/",),
        r"roadmap/": ("roadmap/",),
        r"known-issues/": ("known-issues/",),
        r"deprecations/": ("deprecations/",),
        r"subscribe/": ("subscribe/",),
    },
    "internal": {
        r"": ("",),
        r"404\.html": ("404.html",),
        r"how-we-release/": ("how-we-release/",),
        r"changelog/(.+/)?": ("changelog/",),
        r"releases/[^/]+/": ("releases/retry-plan/",),
        r"releases/[^/]+/readiness/": (
            "releases/apple-pay-subscriptions/readiness/",  # may not go
            "releases/retry-plan/readiness/",  # rolling out
            "releases/parallel-invoices/readiness/",  # rolled back
        ),
        r"releases/[^/]+/rollback/": ("releases/retry-plan/rollback/",),
        r"releases/[^/]+/support/": ("releases/retry-plan/support/",),
        r"releases/[^/]+/trail/": ("releases/retry-plan/trail/",),
        r"readiness/": ("readiness/",),
        r"readiness/[^/]+/": ("readiness/no-go/",),
        r"readiness/team/[^/]+/": ("readiness/team/payouts/",),
        r"checklists/": ("checklists/",),
        r"flags/": ("flags/",),
        r"flags/[^/]+/": ("flags/smart-retries/",),
        r"flags/view/[^/]+/": ("flags/view/drift/",),
        r"calendar/": ("calendar/",),
        r"support/": ("support/",),
        r"metrics/(30-days/|year/)?": ("metrics/", "metrics/year/"),
        r"metrics/product/[^/]+/(30-days/|year/)?": ("metrics/product/billing/",),
        r"upgrade/(.+/)?": ("upgrade/",),
        r"roadmap/": ("roadmap/",),
        r"known-issues/": ("known-issues/",),
        r"deprecations/": ("deprecations/",),
        r"subscribe/": ("subscribe/",),
    },
}
"""Site to the shape of an address, to examples of it."""

EXAMPLES = [
    (site, path)
    for site, kinds in KINDS.items()
    for paths in kinds.values()
    for path in paths
]
"""Every example with its site."""
