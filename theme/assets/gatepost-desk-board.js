// Verdict and team together: what is chosen stands in the address, so a link or Back brings it again.
(() => {
  const nav = document.querySelector(".gp-verdicts[data-base]");
  if (!nav) return;
  const base = new URL(nav.dataset.base, location).href;
  const rows = [...document.querySelectorAll(".gp-board tr[data-id]")];
  const view = (href) => {
    const path = new URL(href, location).href.slice(base.length);
    const team = path.match(/^team\/([^/?#]+)\/$/);
    const verdict = path.match(/^([a-z-]+)\/$/);
    return team ? ["team", team[1]] : verdict ? ["verdict", verdict[1]] : ["", ""];
  };
  const said = new URLSearchParams(location.search);
  const state = { verdict: said.get("verdict") || "", team: said.get("team") || "" };
  const [dimension, value] = view(location.origin + location.pathname);
  if (dimension) state[dimension] = value;
  const has = (row, key, one) => !one || (key === "team"
    ? row.dataset.teams.split(" ").includes(one) : row.dataset.verdict === one);
  const address = ({ verdict, team }) => (verdict && team
    ? `${base}?verdict=${verdict}&team=${encodeURIComponent(team)}`
    : base + (verdict ? `${verdict}/` : team ? `team/${team}/` : ""));

  const link = (one, key) => {
    const [, value] = view(one.href);
    const other = key === "team" ? "verdict" : "team";
    const on = state[key] === value;
    one.href = address({ ...state, [key]: value });
    // A view of one verdict knows nothing of the releases of the others.
    if (dimension !== key) {
      one.querySelector(".gp-n").textContent =
        rows.filter((row) => has(row, key, value) && has(row, other, state[other])).length;
    }
    if (on && (value || key === "verdict")) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
    return on && value ? one.firstChild.textContent.trim() : "";
  };
  const words = { verdict: "", team: "" };
  for (const one of nav.querySelectorAll(".gp-chip")) words.verdict = link(one, "verdict") || words.verdict;
  for (const one of nav.querySelectorAll(".gp-pop a")) words.team = link(one, "team") || words.team;
  if (words.team) nav.querySelector("summary").firstChild.textContent = `Team: ${words.team}`;
  // A view that was built is whole: nothing on it moves unless more was chosen.
  const more = dimension === "verdict" ? state.team : dimension === "team" ? state.verdict : state.verdict || state.team;
  if (!more) return;

  const releases = (count) => `${count} ${count === 1 ? "release" : "releases"}`;
  const shown = rows.filter((row) => has(row, "verdict", state.verdict) && has(row, "team", state.team));
  const ids = new Set(shown.map((row) => row.dataset.id));
  for (const row of document.querySelectorAll("tr[data-id]")) row.hidden = !ids.has(row.dataset.id);
  for (const body of document.querySelectorAll(".gp-board tbody")) {
    const left = body.querySelectorAll("tr[data-id]:not([hidden])").length;
    body.hidden = !left;
    body.querySelector(".gp-n").textContent = releases(left);
  }
  const acts = document.querySelector("section:has(#acts)");
  if (acts) acts.hidden = !acts.querySelector("tr[data-id]:not([hidden])");
  const line = document.querySelector(".gp-shown");
  const what = [words.verdict.toLowerCase(), words.team && `for ${words.team}`].filter(Boolean).join(", ");
  line.firstElementChild.textContent = `${releases(shown.length)}: ${what}.`;
  line.lastElementChild.hidden = false;
})();
