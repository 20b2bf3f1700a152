/* The search of /support/ and the print button of a rollback page.
   Everything runs in the browser over an index that was built with the site. */
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  const page = document.querySelector(".gp-find");
  if (!page) return;

  /* What is looked at, how much it counts, and what it is called in the reason. */
  const KINDS = [
    ["errors", 10, "Error or sign"],
    ["endpoints", 9, "Endpoint"],
    ["flags", 9, "Flag"],
    ["issues", 7, "Known issue"],
    ["codes", 6, "Name in its text"],
    ["version", 6, "Version"],
    ["products", 5, "Product"],
    ["title", 5, "Title"],
    ["summary", 3, "Summary"],
    ["words", 2, "Text"],
  ];
  const MOST = 12;
  const DAY = 1440;
  /* How much a change shortly before the time counts, by minutes between them. */
  const CLOSE = [[60, 10], [DAY, 8], [3 * DAY, 6], [7 * DAY, 4], [30 * DAY, 2]];
  const TIME = /(\d{4})-(\d\d)-(\d\d)(?:[T ,]+(\d\d?):(\d\d)(?::\d\d(?:\.\d+)?)?)?\s*(Z\b|UTC\b|[+-]\d\d:?\d\d\b)?/i;

  const form = page.querySelector("form");
  const input = form.querySelector("input");
  const said = page.querySelector("[role=status]");
  const list = page.querySelector("ol");
  const all = page.querySelector(".gp-find-all");
  const releases = [];

  const plain = (text) => text.normalize("NFKC").toLowerCase().trim();
  const words = (text) => text.split(/[^\p{L}\p{N}_./{}-]+/u)
    .map((word) => word.replace(/^[./-]+|[./-]+$/g, ""))
    .filter((word) => word.length > 2 || /\d/.test(word));

  const part = (all, fits) => all.filter(fits).length / all.length;

  /* 0 is no match, 1 a whole one; in between, the share of the words that occur. */
  function likeness(value, query, terms) {
    const text = plain(value);
    if (!text || !query) return 0;
    if (query.length > 2 && text.includes(query)) return 1;
    if (text.length > 3 && query.includes(text)) return 1;
    if (!terms.length) return 0;
    const own = words(text);
    const share = part(terms, (term) => own.some((word) => word.startsWith(term)));
    // A pasted line of a log holds more than the sign, but all of the sign.
    const whole = own.length > 1 ? part(own, (word) => terms.includes(word)) : 0;
    return Math.max(share >= 0.5 ? share * 0.9 : 0, whole >= 0.75 ? whole * 0.8 : 0);
  }

  /* `/v1/invoices/{id}/retries` is also `/v1/invoices/inv_2041/retries`. */
  function sameEndpoint(pattern, query) {
    const asked = (query.match(/\/v\d+\/[\w{}:.~/-]+/) || [""])[0].split("/").filter(Boolean);
    const parts = pattern.toLowerCase().split("/").filter(Boolean);
    if (asked.length < 2) return 0;
    const same = asked.every((part, at) => at < parts.length
      && (part === parts[at] || (at > 0 && /[\d{:]/.test(parts[at]) && /[\d{:]/.test(part))));
    return same ? Math.min(1, 0.6 + 0.4 * (asked.length / parts.length)) : 0;
  }

  function found(release, query, terms) {
    const reasons = [];
    for (const [kind, weight, name] of KINDS) {
      let best = [0, "", ""];
      for (const one of [].concat(release[kind] || [])) {
        const [text, remedy] = Array.isArray(one) ? one : [one, ""];
        let share = likeness(text, query, terms);
        if (kind === "endpoints") share = Math.max(share, sameEndpoint(text, query));
        if (share > best[0]) best = [share, text, remedy];
      }
      if (best[0]) reasons.push({ points: weight * best[0], name, text: best[1], remedy: best[2] });
    }
    return reasons;
  }

  const minutes = (local) => Date.parse(`${local.length > 10 ? local : `${local}T00:00`}Z`) / 60000;
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const spoken = (local) => {
    const [year, month, day] = local.slice(0, 10).split("-").map(Number);
    return `${day} ${MONTHS[month - 1]} ${year}${local.slice(10).replace("T", ", ")}`;
  };
  const at = (rows, when) => (rows || []).filter(([since]) => since <= when).pop();

  function lately(release, time) {
    const changes = [...(release.had || []), ...(release.events || [])];
    let best = null;
    for (const [since, what] of changes) {
      const gap = minutes(time.until) - minutes(since);
      const row = gap >= -60 && CLOSE.find(([most]) => gap <= most);
      if (row && (!best || row[1] > best.points || (row[1] === best.points && since > best.since))) {
        const name = row[1] > 4 ? "Changed shortly before" : "Changed before";
        best = { points: row[1], since, name, text: `${what}, ${spoken(since)}` };
      }
    }
    return best;
  }

  const MS_PER_DAY = 864e5;
  /* `yesterday 14:00` is a date too, by the reader's clock in the site's zone. */
  const dated = (text) => text.replace(/\b(today|yesterday)\b/gi, (word) => {
    const back = word.toLowerCase() === "today" ? 0 : MS_PER_DAY;
    return new Date(Date.now() - back).toLocaleDateString("sv-SE", { timeZone: page.dataset.zone });
  });

  /* A time of the site's zone as text, `2026-11-19T14:00`: such texts compare as times do. */
  function asked(text) {
    const hit = text.match(TIME);
    if (!hit) return { query: plain(text), time: null };
    const [whole, year, month, day, hour, minute, zone] = hit;
    const clock = hour ? `${hour.padStart(2, "0")}:${minute}` : "23:59";
    let local = `${year}-${month}-${day}T${clock}`;
    const offset = !zone || /^(z|utc)$/i.test(zone) ? "Z" : zone.replace(/^(...)(\d\d)$/, "$1:$2");
    const moment = new Date(`${local}:00${offset}`);
    const real = !Number.isNaN(moment.getTime())
      && new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
    if (!real) return { query: plain(text), time: null };
    if (zone && hour) {
      local = moment.toLocaleString("sv-SE", { timeZone: page.dataset.zone }).slice(0, 16).replace(" ", "T");
    }
    return { query: plain(text.replace(whole, " ")).replace(/\s+/g, " "), time: { until: local } };
  }

  function candidates(text) {
    const { query, time } = asked(dated(text));
    const terms = [...new Set(words(query))].slice(0, 40);
    const rows = [];
    for (const release of releases) {
      const reasons = query ? found(release, query, terms) : [];
      if (query && !reasons.length) continue;
      const change = time && lately(release, time);
      if (change) reasons.push(change);
      if (!reasons.length) continue;
      const had = time ? at(release.had, time.until) : null;
      const points = reasons.reduce((sum, one) => sum + one.points, 0);
      const nobody = time && !change && (!had || /^Nobody/.test(had[1]));
      reasons.sort((one, other) => other.points - one.points);
      rows.push({ release, reasons, had, time, points: nobody ? points / 3 : points });
    }
    const last = (row) => ((row.release.had || []).slice(-1)[0] || [""])[0];
    return rows.sort((one, other) => other.points - one.points
      || (last(other) > last(one) ? 1 : -1)
      || (one.release.id < other.release.id ? -1 : 1));
  }

  function add(tag, text, parent, css) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (css) made.className = css;
    if (parent) parent.append(made);
    return made;
  }

  function link(text, href, parent, css) {
    add("a", text, parent, css).href = href;
  }

  function shown(row) {
    const { release, had, time } = row;
    const item = add("li", "", list, "gp-hit");
    const head = add("h2", "", item);
    head.dir = "auto";
    link(release.title, `../releases/${release.id}/support/`, head);
    if (release.version) add("span", ` ${release.version[0]}`, head, "gp-m");
    const who = time ? (had ? `${had[1]}, since ${spoken(had[0])}` : "Nobody yet") : release.now;
    const line = add("p", "", item);
    add("b", time ? `At that time: ${who}` : who, line);
    if (time) add("span", ` · Now: ${release.now}`, line, "gp-m");
    const why = add("ul", "", item, "gp-why");
    for (const one of row.reasons.slice(0, 3)) {
      const reason = add("li", "", why);
      reason.dir = "auto";
      add("span", `${one.name}: `, reason, "gp-m");
      add("span", one.text.length > 160 ? `${one.text.slice(0, 159)}…` : one.text, reason);
      if (one.remedy) add("small", `Workaround: ${one.remedy}`, reason);
    }
    if (release.ask) add("p", `Ask ${release.ask}`, item, "gp-m");
    const more = add("p", "", item, "gp-row");
    link("Brief", `../releases/${release.id}/support/`, more, "gp-btn");
    if (release.undo) link("Rollback", `../releases/${release.id}/rollback/`, more, "gp-btn");
  }

  function search() {
    const text = input.value.trim();
    const rows = text ? candidates(text) : [];
    list.replaceChildren();
    all.hidden = rows.length > 0;
    rows.slice(0, MOST).forEach(shown);
    const number = rows.length === 1 ? "1 release may" : `${rows.length} releases may`;
    const best = rows.length > MOST ? ` These are the best ${MOST}.` : "";
    said.textContent = !text ? ""
      : rows.length ? `${number} be behind it, best first.${best}`
        : "No release matches. Try fewer words, or look through the current releases.";
    const address = new URL(location.href);
    // Not `q`: the theme opens its own search for that word.
    if (text) address.searchParams.set("find", text);
    else address.searchParams.delete("find");
    history.replaceState(null, "", address);
  }

  let waiting;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(search, 150); };
  input.addEventListener("input", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); search(); });

  window.gatepostSupport = (_part, rows) => {
    releases.push(...rows);
    if (input.value) soon();
  };
  for (const name of page.dataset.parts.split(" ").filter(Boolean)) {
    const script = document.createElement("script");
    script.src = name;
    document.head.append(script);
  }
  input.value = new URLSearchParams(location.search).get("find") || "";
  form.hidden = false;
})();
