"""The blocks of an entry's front matter: dates, rollback, support and the rest."""

from __future__ import annotations

from typing import Literal

from gatepost.model.field import (
    Flag,
    Part,
    Text,
    Texts,
    internal_field,
    item_field,
    reader_field,
)
from gatepost.model.moment import Duration, Moment, Target

Scale = Literal["low", "medium", "high"]


class Compatibility(Part):
    """Whether what worked before still works."""

    backward: Literal["yes", "no", "partly"] = reader_field(
        "Does existing use keep working?", "yes"
    )
    notes: Text = reader_field("What does not, in words customers use.", "")


class Downtime(Part):
    """Whether anyone notices the deployment."""

    kind: Literal["none", "degraded", "window"] = reader_field(
        "How much is interrupted.", "none"
    )
    start: Moment | None = reader_field("When it begins.", None)
    end: Moment | None = reader_field("When it is over.", None)
    wording: Text = reader_field("What customers are told.", "")


class Migration(Part):
    """The way from the old behaviour to the new."""

    guide_url: Text = reader_field("Address of the guide.", "")
    effort: Literal["minutes", "hours", "days"] | None = reader_field(
        "How long it usually takes.", None
    )
    deadline: Moment | None = reader_field(
        "After this day the old way stops working.", None
    )
    no_deadline: Flag = reader_field(
        "Say so when there is deliberately no deadline.", default=False
    )


class Replacement(Part):
    """What to use instead of something deprecated."""

    relation: Literal["same", "similar", "partial", "none"] = reader_field(
        "How close it is.", "same"
    )
    targets: Texts = reader_field("Names or addresses of what to use.", ())


class Deprecation(Part):
    """From the first notice to the removal."""

    notice_on: Moment | None = reader_field("When customers were first told.", None)
    sunset_on: Moment | None = reader_field("When it stops working.", None)
    removal_version: Text = reader_field("The version that no longer has it.", "")
    replacement: Replacement | None = reader_field("What to use instead.", None)


class Security(Part):
    """An advisory. Nothing of it is public before `disclosed_on`."""

    cve: Texts = reader_field("CVE numbers.", ())
    ghsa: Texts = reader_field("GitHub advisory numbers.", ())
    severity: Literal["low", "moderate", "high", "critical"] | None = reader_field(
        "How bad it is.", None
    )
    credit: Text = reader_field("Whom to thank.", "")
    disclosed_on: Moment | None = reader_field(
        "From when the advisory is public.", None
    )


class KnownIssue(Part):
    """Something that does not work yet, and how to live with it."""

    id: Text = reader_field("Stays the same while the issue is open.")
    text: Text = reader_field("What happens, in words customers use.")
    status: Literal["open", "investigating", "workaround", "fixed"] = reader_field(
        "State.", "open"
    )
    affected: Text = reader_field("Who is affected.", "")
    workaround: Text = reader_field("What to do meanwhile.", "")
    fixed_in: Text = reader_field("The version or entry that fixes it.", "")
    public: Flag = internal_field("Whether customers may read it.", default=False)


class Media(Part):
    """A picture or video beside the entry."""

    src: Text = reader_field("Path beside the entry, or an https address.")
    alt: Text = reader_field("What the picture shows, for those who do not see it.", "")
    caption: Text = reader_field("A line beneath the picture.", "")
    kind: Literal["image", "video"] = reader_field("What it is.", "image")
    width: int | None = reader_field(
        "In CSS pixels; read from the file when left out.", None, gt=0
    )
    height: int | None = reader_field(
        "In CSS pixels; read from the file when left out.", None, gt=0
    )
    transcript: Text = reader_field(
        "Address of a transcript or captions, for videos.", ""
    )


class Doc(Part):
    """A help article or guide that this release needs."""

    title: Text = reader_field("Its title.")
    url: Text = reader_field("Its address.", "")
    state: Literal["needed", "drafted", "updated", "none-needed"] = internal_field(
        "State.", "needed"
    )
    public: Flag = internal_field("Whether customers may see the link.", default=False)


class Feedback(Part):
    """Where readers can answer."""

    url: Text = reader_field("Address of the form or discussion.")
    label: Text = reader_field("Words of the link.", "Tell us what you think")


class Update(Part):
    """A correction of a published entry."""

    on: Moment = reader_field("When it was made.")
    what: Text = reader_field("What was corrected, in a sentence.")
    notify: Flag = reader_field(
        "Whether subscribers see the entry again.", default=False
    )


class Dates(Part):
    """When things were planned and when they happened."""

    planned: Moment | None = internal_field(
        "When the release is meant to go out.", None
    )
    scope_frozen: Moment | None = internal_field("When the scope was closed.", None)
    deployed: Moment | None = internal_field("When it reached production.", None)
    exposed: Moment | None = internal_field("When the first customers had it.", None)
    announce: Moment | None = internal_field("When campaigns may begin.", None)
    published: Moment | None = reader_field("When the changelog entry appears.", None)
    updated: tuple[Update, ...] = reader_field("Corrections, oldest first.", ())


class Roadmap(Part):
    """What the public roadmap says about it."""

    show: Flag = internal_field("Whether it stands on the roadmap.", default=False)
    horizon: Literal["now", "next", "later"] | None = reader_field(
        "Overrides the computed column.", None
    )
    target: Target | None = reader_field("A quarter, half, month or year.", None)
    was: Target | None = reader_field("The target before it moved.", None)
    confidence: Scale | None = reader_field("How sure the target is.", None)
    theme: Text = reader_field("The theme it belongs to.", "")
    blurb: Text = reader_field("One line of benefit; the summary when left out.", "")
    confirmed: Moment | None = reader_field("When the item was last confirmed.", None)


class Measure(Part):
    """A success criterion, objective or guardrail."""

    metric: Text = internal_field("What is measured.")
    target: Text = internal_field("What it should be.", "")
    baseline: Text = internal_field("What it was before.", "")
    result: Text = internal_field("What it became.", "")
    met: Flag | None = internal_field(
        "Whether the target was met; worked out from the numbers when left out.", None
    )
    read_on: Moment | None = internal_field("When the result was read.", None)


class Limitation(Part):
    """Something the release deliberately does not do."""

    text: Text = reader_field("What it does not do.")
    public: Flag = internal_field("Whether customers may read it.", default=False)


class Scope(Part):
    """What is in, what is out."""

    in_: Texts = internal_field("What this release contains.", (), alias="in")
    out: Texts = internal_field("What it leaves out on purpose.", ())
    limitations: tuple[Limitation, ...] = item_field(
        "What customers should not expect.", ()
    )
    frozen_on: Moment | None = internal_field("When the scope was closed.", None)


class Stakeholder(Part):
    """Someone with a say or an interest."""

    who: Text = internal_field("Team handle.")
    role: Text = internal_field("What they do in this release.", "")
    internal: Flag = internal_field(
        "False for people outside the company.", default=True
    )
    informed_on: Moment | None = internal_field("When they were told.", None)


class Dependency(Part):
    """Something another team must deliver."""

    team: Text = internal_field("Team handle.")
    what: Text = internal_field("What is needed.")
    kind: Text = internal_field("What sort of thing it is.", "")
    needed_by: Moment | None = internal_field("When.", None)
    state: Literal["open", "agreed", "delivered", "blocked"] = internal_field(
        "State.", "open"
    )
    ref: Text = internal_field("Entry, ticket or address.", "")


class Risk(Part):
    """What could go wrong."""

    text: Text = internal_field("What could happen.")
    likelihood: Scale = internal_field("How likely.", "low")
    impact: Scale = internal_field("How bad.", "low")
    mitigation: Text = internal_field("What is done about it.", "")
    owner: Text = internal_field("Team handle.", "")
    state: Literal["open", "mitigated", "accepted", "closed"] = internal_field(
        "State.", "open"
    )


class Approval(Part):
    """A sign-off that was given."""

    role: Text = internal_field("Role key.")
    by: Text = internal_field("Team handle.")
    on: Moment | None = internal_field("When.", None)
    ref: Text = internal_field("Where it is recorded.", "")


class Approvals(Part):
    """Who must sign, and who did."""

    required: Texts = internal_field("Role keys.", ())
    given: tuple[Approval, ...] = internal_field("Sign-offs so far.", ())


class Change(Part):
    """A record in a change-management system."""

    system: Text = internal_field("Which system.")
    id: Text = internal_field("Its number there.")
    url: Text = internal_field("Its address.", "")
    approver: Text = internal_field("Who approved it.", "")


class TestRun(Part):
    """Evidence of one kind of test."""

    result: Literal["passed", "failed", "running", "not-needed"] = internal_field(
        "Outcome."
    )
    on: Moment | None = internal_field("When.", None)
    evidence_url: Text = internal_field("Where the result is.", "")
    signed_by: Text = internal_field("Team handle.", "")
    note: Text = internal_field("In words.", "")


class Tests(Part):
    """Which tests were run, with evidence."""

    unit: TestRun | None = internal_field("Unit tests.", None)
    integration: TestRun | None = internal_field("Integration tests.", None)
    regression: TestRun | None = internal_field("Regression tests.", None)
    performance: TestRun | None = internal_field("Performance tests.", None)
    uat: TestRun | None = internal_field("Acceptance by users before release.", None)
    smoke: TestRun | None = internal_field("Smoke test after deployment.", None)
    planning: Text = internal_field("How testing is planned.", "")


class Window(Part):
    """When a deployment may run."""

    start: Moment = internal_field("Begin.")
    end: Moment = internal_field("End.")
    tz: Text = internal_field("Time zone people speak of.", "")


class Ring(Part):
    """One step of a phased rollout."""

    name: Text = internal_field("What the team calls it.")
    share: int = reader_field("Percent of accounts that have it then.", ge=0, le=100)
    wording: Text = reader_field(
        "Who that is, in words for customers: `EU accounts`.", ""
    )
    criteria: Text = internal_field("What must hold to go on.", "")
    on: Moment | None = reader_field(
        "When it was or is to be reached; told ahead only if it has a wording.", None
    )


class Deployment(Part):
    """How it reaches production."""

    path: Literal["big-bang", "push", "pull", "phased"] | None = internal_field(
        "Which path.", None
    )
    window: Window | None = internal_field("When it may run.", None)
    rings: tuple[Ring, ...] = internal_field(
        "Steps of a phased rollout, smallest first.", ()
    )
    environments: Texts = internal_field("Where it is deployed on the way.", ())
    schema_change: Flag = internal_field(
        "Whether the data model changes.", default=False
    )
    peak_ok: Flag = internal_field("Whether it may run at peak.", default=False)


class DeploymentRecord(Part):
    """One deployment, as written by a pipeline."""

    env: Text = internal_field("Environment.")
    version: Text = internal_field("Version deployed.", "")
    digest: Text = internal_field("Digest of the artifact.", "")
    at: Moment = internal_field("When.")
    committed_at: Moment | None = internal_field(
        "When the oldest commit in it was made, for the lead time.", None
    )
    by: Text = internal_field("Team handle or pipeline.", "")
    result: Literal["succeeded", "failed", "rolled-back"] = internal_field(
        "Outcome.", "succeeded"
    )


class FeatureFlag(Part):
    """A switch behind which the change stands."""

    key: Text = internal_field("Key at the provider.")
    provider: Text = internal_field("Which provider.", "")
    purpose: Literal["release", "ops", "experiment", "permission"] = internal_field(
        "Why.", "release"
    )
    default: Text = internal_field("Variant when nothing is set.", "")
    safe_value: Text = internal_field("Variant that is safe in an incident.", "")
    owner: Text = internal_field("Team handle.", "")
    introduced: Moment | None = internal_field("When it came in.", None)
    remove_by: Moment | None = internal_field("When it must be gone.", None)
    kill_switch: Flag = internal_field(
        "Whether on-call may turn it off.", default=False
    )
    state_source: Text = internal_field("File with the provider's definitions.", "")


class Strategy(Part):
    """One way back."""

    kind: Literal["blue_green", "feature_flag", "db_script", "redeploy", "none"] = (
        internal_field("How.")
    )
    flag: Text = internal_field("feature_flag: key from `flags`.", "")
    forward: Text = internal_field("db_script: script that migrates.", "")
    back: Text = internal_field("db_script: script that undoes it.", "")
    data_loss: Text = internal_field("What is lost on the way back.", "")
    standby: Text = internal_field(
        "blue_green: the environment traffic returns to.", ""
    )
    artifact: Text = internal_field("redeploy: digest of the previous version.", "")
    reason: Text = internal_field("none: why there is no way back.", "")
    approved_by: Text = internal_field("none: who accepted that.", "")


class Trigger(Part):
    """When to pull the cord: a threshold, or a severity."""

    metric: Text = internal_field("Signal.", "")
    op: Literal[">", ">=", "<", "<=", "=="] | None = internal_field("Comparison.", None)
    value: Text = internal_field("Threshold.", "")
    unit: Text = internal_field("Unit of the threshold.", "")
    for_: Duration | None = internal_field("How long it must hold.", None, alias="for")
    severity: Text = internal_field("Or a severity, such as P0.", "")
    confirmed: Flag = internal_field(
        "Whether the severity must be confirmed.", default=False
    )
    action: Literal["call", "decide", "automatic"] = internal_field(
        "What happens then.", "call"
    )


class Authority(Part):
    """Who may call the rollback."""

    role: Text = internal_field("Role key.", "rollback_authority")
    who: Text = internal_field("Team handle.", "")
    deputy: Text = internal_field("Team handle.", "")


class Executor(Part):
    """Who does one step."""

    step: Text = internal_field("What is done.")
    who: Text = internal_field("Team handle or role key.")
    command: Text = internal_field("What to type.", "")
    expect: Text = internal_field("What is seen when it worked.", "")


class Rehearsal(Part):
    """When the way back was last tried."""

    on: Moment = internal_field("When.")
    by: Text = internal_field("Team handle.", "")
    env: Text = internal_field("Where.", "")
    duration: Duration | None = internal_field("How long it took.", None)
    evidence: Text = internal_field("Where the record is.", "")


class Rollback(Part):
    """The way back: how, when, who, how long, and what cannot be undone."""

    possible: Flag = internal_field(
        "False needs a reason and an approver.", default=True
    )
    strategies: tuple[Strategy, ...] = internal_field("One or more ways back.", ())
    triggers: tuple[Trigger, ...] = internal_field("When to pull the cord.", ())
    authority: Authority | None = internal_field("Who decides.", None)
    executors: tuple[Executor, ...] = internal_field(
        "Steps in order, each with who does it.", ()
    )
    runbook: Text = internal_field(
        "Address of the runbook, or its path below the project's root.", ""
    )
    runbook_hash: Text = internal_field(
        "SHA-256 of its text when it was rehearsed, such as `sha256:5de0b1c7aa904f13`.",
        "",
    )
    tested: Rehearsal | None = internal_field("Last rehearsal.", None)
    expected_duration: Duration | None = internal_field("How long it may take.", None)
    verification: Texts = internal_field("How to tell that the way back worked.", ())
    point_of_no_return: Text = internal_field("After what nothing can be undone.", "")
    public_sentence: Text = reader_field("What customers may be told.", "")
    post_mortem_required: Flag = internal_field(
        "Whether redeploying waits for one.", default=True
    )


class Monitor(Part):
    """What to watch."""

    name: Text = internal_field("What it shows.")
    url: Text = internal_field("Address of the dashboard.", "")
    threshold: Text = internal_field("When it is bad.", "")
    window: Duration | None = internal_field("How long to watch.", None)


class IncidentPlan(Part):
    """What happens when it goes wrong."""

    channel: Text = internal_field("Where people meet.", "")
    on_call: Text = internal_field("Team handle.", "")
    severity_map: Text = internal_field("How severities are named.", "")
    plan_url: Text = internal_field("Address of the plan.", "")


class Incident(Part):
    """Something that went wrong because of, or during, this release."""

    id: Text = internal_field("Its number.")
    started_at: Moment = internal_field("When it began.")
    detected_at: Moment | None = internal_field("When it was noticed.", None)
    restored_at: Moment | None = internal_field("When service was back.", None)
    severity: Text = internal_field("How bad.", "")
    caused_by: Flag = internal_field("Whether this release caused it.", default=True)
    fix: Literal["rollback", "hotfix", "flag", "other"] = internal_field(
        "How it was mended.", "other"
    )
    postmortem: Text = internal_field("Address of the post-mortem.", "")
    sla_met: Flag | None = internal_field("Whether the promise was kept.", None)


class Answer(Part):
    """A question customers will ask, and the answer to paste."""

    q: Text = reader_field("Question.")
    a: Text = reader_field("Answer.")
    public: Flag = internal_field("Whether customers may read it.", default=False)


class Support(Part):
    """What support needs to know."""

    summary: Text = internal_field("The change in one line, for support.", "")
    faq: tuple[Answer, ...] = item_field("Questions and answers.", ())
    macros: Texts = internal_field("Names of prepared answers.", ())
    symptoms: Texts = internal_field("Error texts and signs to search for.", ())
    escalation: Text = internal_field("Whom to ask.", "")
    tier: Text = internal_field("Which tier handles it.", "")
    trained_on: Moment | None = internal_field("When support was trained.", None)
    expected_volume: Text = internal_field("How many questions are expected.", "")


class Enablement(Part):
    """What sales and customer success need."""

    training_url: Text = internal_field("Training.", "")
    sales_url: Text = internal_field("Sales material.", "")
    key_accounts: Texts = internal_field("Accounts told ahead. Restricted.", ())
    internal_guide: Text = internal_field("Guide for colleagues.", "")


class Channel(Part):
    """One way people are told."""

    channel: Literal[
        "changelog",
        "in_app",
        "email_digest",
        "public_roadmap",
        "docs",
        "help_center",
        "internal_notes",
        "status_updates",
        "stakeholder_updates",
        "support_brief",
        "key_accounts",
        "team_chat",
        "campaign",
        "social",
    ] = internal_field("Which channel.")
    at: Moment | None = internal_field("When.", None)
    audience: Text = internal_field("Who is told.", "")
    state: Literal["planned", "drafted", "approved", "sent", "skipped"] = (
        internal_field("State.", "planned")
    )
    receipt: Text = internal_field("Record of the sending.", "")
    text: Text = internal_field("Wording for this channel alone.", "")


class Waiver(Part):
    """A rule that was set aside for a time."""

    rule: Text = internal_field("Id of a checklist item.")
    by: Text = internal_field("Team handle.")
    on: Moment = internal_field("When.")
    reason: Text = internal_field("Why.")
    until: Moment | None = internal_field("When it ends.", None)


class GoNoGo(Part):
    """What the decision rests on."""

    criteria: Texts = internal_field("In words.", ())
    waivers: tuple[Waiver, ...] = internal_field("Rules set aside.", ())


class Decision(Part):
    """A decision somebody may ask about later."""

    on: Moment = internal_field("When.")
    by: Text = internal_field("Team handle.")
    what: Text = internal_field("What was decided.")
    why: Text = internal_field("Why.", "")


class Tick(Part):
    """A checklist item that somebody did, or that does not apply. Counts with `by` and `on`."""

    state: Literal["done", "n-a", "todo"] = internal_field("State.", "done")
    by: Text = internal_field("Team handle.", "")
    on: Moment | None = internal_field("When.", None)
    note: Text = internal_field("In words; for `n-a` why it does not apply.", "")


class Lesson(Part):
    """What was learned."""

    kind: Literal["process", "test", "communication", "rollback", "other"] = (
        internal_field("Of what kind.", "other")
    )
    text: Text = internal_field("In a sentence.")


class Review(Part):
    """Looking back."""

    held_on: Moment | None = internal_field("When.", None)
    lessons: tuple[Lesson, ...] = internal_field("What was learned.", ())
    followups: Texts = internal_field("What comes of it.", ())
    process_changes: Texts = internal_field("What is done differently from now on.", ())


class DecisionFactors(Part):
    """Why this, why now."""

    urgent_fix: Text = internal_field("Urgency.", "", alias="urgent-fix")
    strategy: Text = internal_field("Strategy.", "")
    feasibility: Text = internal_field("Feasibility.", "")
    dependencies: Text = internal_field("Dependencies.", "")
    resources: Text = internal_field("Resources.", "")
    cost: Text = internal_field("Cost.", "")
    expected_return: Text = internal_field(
        "Expected return.", "", alias="expected-return"
    )


class StageStep(Part):
    """One step of a feature's way to maturity."""

    stage: Text = reader_field("Stage reached.")
    from_version: Text = reader_field("Since which version.", "")
    from_date: Moment | None = reader_field("Since when.", None)
    default: Flag | None = internal_field("Whether it was on by default.", None)


class Reference(Part):
    """A link to a pull request, commit or ticket. Internal unless it says otherwise."""

    url: Text = reader_field("Its address.")
    title: Text = reader_field("Words of the link.", "")
    public: Flag = internal_field("Whether customers may follow it.", default=False)


class Imported(Part):
    """Where an imported entry came from."""

    format: Text = internal_field("Importer.")
    source: Text = internal_field("File it was read from.")
    key: Text = internal_field("What it was called there.", "")
    line: int | None = internal_field("Line it began on.", None, ge=1)
    hash: Text = internal_field(
        "Fingerprint of the entry as imported; shows whether it was edited since.", ""
    )
