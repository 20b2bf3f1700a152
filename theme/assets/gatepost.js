/* Comfort only: every page reads and works without this file. */

/* Our words: English stands here, those of other languages come with the page. */
const gatepostSay = (one, more = {}, many = "") => {
  const known = document.querySelector("script.gp-words");
  const said = (known && JSON.parse(known.textContent)[one]) || (many ? { one, other: many } : one);
  const rules = () => new Intl.PluralRules(document.documentElement.lang || "en");
  const form = said.other ? said[rules().select(more.n)] || said.other : said;
  return form.replace(/{(\w+)}/g, (_, name) => more[name]);
};

(() => {
  const openMenus = () => document.querySelectorAll(".gp-menu[open]");

  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      if (menu.contains(document.activeElement)) menu.firstElementChild.focus();
      menu.open = false;
    });
  });

  /* A browser leaves what is seen in part where it is. */
  document.addEventListener("focusin", (event) => {
    if (event.target.closest(".gp-chips, .gp-wrap")) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest(".gp-menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  async function copy(button) {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(gatepostSay("Copied"), button);
    } catch {
      say(gatepostSay("Press Ctrl+C"), button);
      select(button.closest("li, tr").querySelector("a"));
    }
    setTimeout(() => { button.textContent = said; }, 2000);
  }

  function say(words, button) {
    button.textContent = words;
    status().textContent = words;
  }

  function status() {
    let line = document.getElementById("gp-status");
    if (!line) {
      line = document.createElement("p");
      line.id = "gp-status";
      line.className = "gp-vh";
      line.setAttribute("role", "status");
      document.body.append(line);
    }
    return line;
  }

  function select(link) {
    if (link) getSelection().selectAllChildren(link);
  }

  /* Buttons that need the script stay hidden until it runs, on every page that is shown. */
  const reveal = () => {
    document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
    /* The theme's button on a block of code is no part of the page to jump to. */
    document.querySelectorAll(".md-code__nav").forEach((box) => { box.role = "none"; });
  };
  if (window.document$) window.document$.subscribe(reveal);
  else reveal();
})();

/* What a reader chooses stands in the address, so that a link or Back brings it again: combined
   filters of the changelog, and what changes between two versions. */
(() => {
  const LISTS = ["product", "type", "for", "plan"];
  const VIEW = /\/changelog\/(product|type|for)\/([^/]+)\/(?:page\/\d+\/)?$/;
  const SCREEN = 20;
  const MOST = 100;
  const make = (name, properties, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };
  let nav, base, index, coming;

  function read(address) {
    const said = new URLSearchParams(window.gatepostAsked ?? address.search);
    const state = { since: said.get("since") || "", q: (said.get("q") || "").trim() };
    for (const key of LISTS) state[key] = (said.get(key) || "").split(",").filter(Boolean);
    const view = address.pathname.match(VIEW);
    if (view) state[view[1]] = [decodeURIComponent(view[2])];
    return state;
  }

  function write(state) {
    const parts = LISTS.filter((key) => state[key].length)
      .map((key) => `${key}=${state[key].map(encodeURIComponent).join(",")}`);
    for (const key of ["since", "q"]) if (state[key]) parts.push(`${key}=${encodeURIComponent(state[key])}`);
    return base + (parts.length ? `?${parts.join("&")}` : "");
  }

  const without = (state, key, value) =>
    ({ ...state, [key]: Array.isArray(state[key]) ? state[key].filter((one) => one !== value) : "" });

  function link(state) {
    for (const one of nav.querySelectorAll("a")) {
      const view = (one.dataset.view ||= one.href).match(VIEW);
      if (!view) {
        mark(one, write(state) === base && !/\/changelog\/(\d|version\/)/.test(location.pathname));
        continue;
      }
      const [key, value] = [view[1], decodeURIComponent(view[2])];
      const on = state[key].includes(value);
      const next = on ? without(state, key, value) : { ...state, [key]: [...state[key], value] };
      const alone = write(next) === write({ ...read(new URL(base)), [key]: [value] });
      one.href = alone ? one.dataset.view : write(next);
      mark(one, on);
    }
  }

  function mark(one, on) {
    if (on) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }

  function matches(row, state, words) {
    const lists = { product: row[5], type: row[6], for: row[7], plan: row[8] };
    if (state.since && row[1] < state.since) return false;
    /* What names no plan is for all of them. */
    const fits = (key) => !state[key].length || (key === "plan" && !lists.plan.length) || state[key].some((one) => lists[key].includes(one));
    if (!LISTS.every(fits)) return false;
    row.text ??= [row[2], row[3], row[4], ...row[5].map((key) => index.labels.product[key])].join(" ").toLowerCase();
    return words.every((word) => row.text.includes(word));
  }

  function show(state) {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = index.rows.filter((row) => matches(row, state, words));
    const tokens = LISTS.flatMap((key) => state[key].map((value) =>
      [index.labels[key][value] || value, without(state, key, value)]));
    if (state.since) tokens.push([gatepostSay("since {day}", { day: state.since }), without(state, "since")]);
    if (state.q) tokens.push([gatepostSay("“{text}”", { text: state.q }), without(state, "q")]);
    const head = make("div", { className: "gp-row" },
      make("p", { role: "status" }, make("strong", {},
        gatepostSay("{found} of {n} change", { found: `${rows.length}${index.older.length ? "…" : ""}`, n: index.total }, "{found} of {n} changes"))),
      ...tokens.map(([text, next]) =>
        make("a", { className: "gp-chip", href: write(next), ariaLabel: gatepostSay("Remove {text}", { text }) }, `${text} ×`)));
    const feeds = rows.length ? feedsOf(state) : [];
    const to = (path, text) => make("a", { href: new URL(`../feeds/${path}.atom.xml`, base).href }, text);
    if (exact(state) && feeds.length === 1) head.append(to(feeds[0][1], gatepostSay("Feed of this selection")));
    else if (feeds.length) {
      head.append(make("p", { className: "gp-row gp-m" }, gatepostSay("Feeds that hold it:"), ...feeds.map(([text, path]) => to(path, text))));
    }
    const found = document.querySelector(".gp-found");
    const releases = new URL("../releases/", base).href;
    let month = "";
    const draw = (some) => {
      for (const row of some) {
        if (row[1].slice(0, 7) !== month) {
          month = row[1].slice(0, 7);
          found.append(make("section", { className: "gp-month" }, make("h2", {}, day(row[1], { month: "long", year: "numeric" }))));
        }
        found.lastElementChild.append(entry(row, index, releases));
      }
    };
    found.replaceChildren(head);
    draw(rows.slice(0, SCREEN));
    /* What is below the first screen follows, unless there is a newer answer by then. */
    if (rows.length > SCREEN) setTimeout(() => {
      if (found.firstElementChild !== head) return;
      draw(rows.slice(SCREEN, MOST));
      last();
    });
    else last();

    function last() {
      if (rows.length > MOST) found.append(make("p", { className: "gp-m gp-c" },
        gatepostSay("The newest {most} of {all} are shown: narrow the filter to see others.", { most: MOST, all: rows.length })));
      if (!rows.length) found.append(make("div", { className: "gp-empty gp-sec" }, make("p", {}, gatepostSay("Nothing matches. Remove a filter to see more."))));
    }
  }

  /* The log writes `18 Nov`; plain English would be `Nov 18` here. */
  const language = () => document.documentElement.lang.replace(/^(en)?$/, "en-GB");
  const forms = {};
  const day = (iso, form) => {
    const made = forms[Object.keys(form)] ||= new Intl.DateTimeFormat(language(), { ...form, timeZone: "UTC" });
    return iso ? made.format(new Date(iso)) : "";
  };

  function entry(row, data, releases, year) {
    const badges = make("div", { className: "gp-row" });
    badges.innerHTML = row[9].map((one) => data.badges[one]).join("");
    badges.append(make("span", { className: "gp-m" }, row[5].map((key) => data.labels.product[key]).join(" · ")));
    const more = row[10] || {};
    const said = [more.back ? more.note : row[3]];
    if (more.shown) said.push(make("strong", {}, ` ${gatepostSay("What to do: {action}", { action: more.shown })}`));
    if (more.until && !more.back) said.push(make("strong", {}, ` ${gatepostSay("Until {day}.", { day: more.until })}`));
    return make("article", { className: `gp-entry gp-minor${more.back ? " gp-gone" : ""}` },
      make("div", { className: "gp-when" },
        make("time", { dateTime: row[1] }, day(row[1], { day: "numeric", month: "short", ...year })),
        make("span", { className: "gp-ver" }, row[4])),
      make("div", { className: "gp-body" }, badges,
        make("h3", { className: "gp-t" }, make("a", { href: `${releases}${row[0]}/` }, row[2])),
        make("p", { className: "gp-text" }, ...said)));
  }

  /* Whether one feed tells this selection, no more and no less. */
  const exact = (state) => !state.q && !state.since && !state.plan.length
    && Math.max(state.product.length, state.type.length, state.for.length) < 2
    && !(state.for.length && state.product.length + state.type.length);

  /* The feeds that hold it: of each product with each type, else for each reader, else all. */
  function feedsOf(state) {
    const { product, type } = state;
    const named = (key, value) => index.labels[key][value] || value;
    const there = (one, kind) => index.rows.some((row) => row[5].includes(one) && row[6].includes(kind));
    const all = [[gatepostSay("All changes"), "all"]];
    const feeds = product.length && type.length
      ? product.flatMap((one) => type.filter((kind) => there(one, kind))
        .map((kind) => [gatepostSay("{product}: {type}", { product: named("product", one), type: named("type", kind) }), `product/${one}/type/${kind}`]))
      : ["product", "type", "for"].map((key) => state[key].map((one) => [named(key, one), `${key}/${one}`]))
        .find((list) => list.length) || all;
    return feeds.length > 4 ? all : feeds;
  }

  const get = (address) => fetch(address).then((got) => got.json());

  async function load() {
    index = await (coming ||= get(nav.dataset.index).catch((error) => { coming = null; throw error; }));
  }

  /* A long log comes in years: the newest are answered from while the others are on their way. */
  async function loadOlder(data) {
    if (data.asked) return 0;
    data.asked = true;
    const years = data.older;
    const parts = await Promise.all(years.map((year) => get(nav.dataset.index.replace(".json", `-${year}.json`))))
      .catch((error) => { data.asked = false; throw error; });
    for (const { badges, rows } of parts) {
      const known = data.badges.length;
      data.badges.push(...badges);
      for (const row of rows) {
        row[9] = row[9].map((one) => one + known);
        data.rows.push(row);
      }
    }
    data.older = [];
    return years.length;
  }

  async function apply(state) {
    const wanted = write(state) !== base && location.pathname === new URL(base).pathname;
    const [found, all] = [".gp-found", "[data-log]"].map((one) => document.querySelector(one));
    if (wanted) {
      await load();
      show(state);
      loadOlder(index).then((came) => { if (came && !found.hidden) show(read(location)); })
        .catch(() => { /* The newest years stay; the sign beside their number says so. */ });
    }
    found.hidden = !wanted;
    all.hidden = wanted;
  }

  async function begin() {
    nav = document.querySelector(".gp-filters[data-index]");
    if (!nav) return;
    base = new URL(nav.dataset.base, location).href;
    const form = nav.querySelector("form");
    const state = read(location);
    if (window.gatepostAsked) {
      delete window.gatepostAsked;
      history.replaceState(history.state, "", write(state));
    }
    form.hidden = false;
    form.q.value = state.q;
    form.since.value = state.since;
    if (form.plan) form.plan.value = state.plan[0] || "";
    const chosen = () => ({ ...read(location), q: form.q.value.trim(), since: form.since.value,
      ...(form.plan && { plan: [form.plan.value].filter(Boolean) }) });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = write(chosen());
    });
    form.addEventListener("focusin", () => load().catch(() => { /* Asked again with the first word. */ }));
    for (const one of [form.since, form.plan]) one?.addEventListener("change", () => { location.href = write(chosen()); });
    form.q.addEventListener("input", () => {
      if (location.pathname !== new URL(base).pathname) return;
      const next = { ...read(location), q: form.q.value.trim() };
      history.replaceState(history.state, "", write(next));
      link(next);
      apply(next);
    });
    link(state);
    await apply(state);
  }

  /* A version without a change of its own lies between two that have some. */
  const by = new Intl.Collator("en", { numeric: true });
  const placeOf = (data, version) => (data.versions.includes(version) ? data.versions.indexOf(version)
    : data.versions.filter((one) => by.compare(one, version) < 0).length - 0.5);

  /* The same as `gatepost diff`: what was undone or replaced on the way is left out. */
  function compare(data, asked, dated) {
    const mine = (list, value) => !value || !(list || []).length || list.includes(value);
    const rows = data.rows.filter((row) => mine(row[8], asked.plan) && mine(row[10].on_platforms, asked.platform));
    const at = (version) => placeOf(data, version);
    const place = (row) => (dated ? row[1] : row[10].at);
    const [first, last] = dated ? [asked.from, asked.to] : [at(asked.from), at(asked.to)];
    const had = (row) => (dated ? row[1] < first : row[10].at >= 0 && row[10].at <= first);
    const earlier = rows.filter(had);
    const inside = rows.filter((row) => (dated ? row[1] >= first : row[10].at > first) && place(row) <= last);
    const since = dated ? first : data.rows.filter(had).map((row) => row[1]).sort().at(-1);
    const undone = (row) => row[10].back && (!dated || !row[10].on || row[10].on <= last);
    const standing = inside.filter((row) => !undone(row));
    const ids = new Set(standing.map((row) => row[0]));
    const old = new Set(standing.flatMap((row) => row[10].old || []));
    const kept = standing.filter((row) => !old.has(row[0]) && !(row[10].by || []).some((one) => ids.has(one)));
    const news = earlier.filter((row) => undone(row) && row[10].on && since && row[10].on >= since);
    const rank = (row) => [row[10].due ? 0 : 1, row[10].due || "", row[6].includes("breaking") ? 0 : 1, row[1]];
    const sorted = (list) => list.sort((one, other) => {
      const [a, b] = [rank(one), rank(other)];
      const due = (text) => (text ? Date.parse(text) : 0);
      return a[0] - b[0] || due(a[1]) - due(b[1]) || a[2] - b[2] || b[3].localeCompare(a[3]) || (other[10].at - one[10].at) || (one[0] < other[0] ? -1 : 1);
    });
    const groups = [0, 1, 2].map((group) => sorted([
      ...kept.filter((row) => row[10].group === group), ...(group === 1 ? news : [])]));
    const said = new Set();
    for (const row of groups.flat()) {
      const words = (row[10].action || "").toLowerCase();
      row[10].shown = row[10].group === 0 && !said.has(words) ? row[10].action : "";
      said.add(words);
    }
    return groups;
  }

  async function beginUpgrade() {
    const form = document.querySelector("form.gp-ask");
    if (!form) return;
    const asked = Object.fromEntries(new URLSearchParams(location.search));
    const { product } = form.elements;
    const narrow = ["plan", "platform"];
    const field = (name) => form.querySelector(`label:not([hidden]) > [name=${name}]`);
    const key = (option) => option.value.match(/([^/]+)\.json$/)[1];
    let data, illegible;
    const byDay = () => !data.versions.length || form.days.checked;
    const foreign = (asked, known) => gatepostSay("Not in this log: {asked}. It has: {known}.", { asked, known });

    async function choose(want) {
      data = await fetch(product.value).then((got) => got.json());
      for (const name of ["from", "to"]) {
        if (want[name] && !data.versions.includes(want[name])) want[name] = want[name].replace(/^v(?=\d)/, "");
      }
      if (want.from) form.days.checked = /^\d{4}-\d\d-\d\d$/.test(want.from) && !data.versions.includes(want.from);
      form.days.disabled = !data.versions.length;
      const dated = byDay();
      const days = data.rows.map((row) => row[1]).sort();
      const legible = [want.from, want.to].filter((one) => /^\d[\w.+-]{0,40}$/.test(one));
      const newest = [...new Set([...data.versions, ...legible])].sort((one, other) => placeOf(data, other) - placeOf(data, one) || by.compare(other, one));
      const usual = dated ? [days.at(Math.max(0, days.length - 10)), days.at(-1)]
        : [data.versions.at(-2) || data.versions[0], data.versions.at(-1)];
      illegible = [];
      for (const name of ["from", "to"]) {
        const [list, date] = form.querySelectorAll(`[name=${name}]`);
        [list.parentElement.hidden, date.parentElement.hidden] = [dated, !dated];
        list.replaceChildren(...newest.map((one) => make("option", {}, one)));
        /* A list takes what is in it, a date field what is a day. */
        field(name).value = want[name] || "";
        if (field(name).value) continue;
        field(name).value = usual[+(name === "to")];
        if (want[name]) illegible.push(want[name]);
      }
      for (const name of narrow) {
        const list = form.elements[name];
        const labels = data.labels[name];
        list.replaceChildren(make("option", { value: "" }, gatepostSay("Any")),
          ...Object.entries(labels).map(([value, text]) => make("option", { value }, text)));
        list.value = want[name] in labels ? want[name] : "";
        list.disabled = list.options.length < 2;
      }
    }

    const inOrder = (from, to) => {
      const apart = byDay() ? 0 : placeOf(data, from) - placeOf(data, to);
      return apart > 0 || (!apart && by.compare(from, to) > 0) ? [to, from] : [from, to];
    };

    const found = document.querySelector(".gp-found");
    function tell(note, sum) {
      found.hidden = false;
      found.replaceChildren(make("div", { role: "status" },
        ...(note ? [make("p", {}, note)] : []), ...(sum ? [make("p", {}, make("strong", {}, sum))] : [])));
    }

    function show() {
      const ends = ["from", "to"].map((name) => field(name));
      const [from, to] = inOrder(...ends.map((one) => one.value));
      /* A day that is being typed stays where it is. */
      if (!document.activeElement.matches("[type=date]")) [ends[0].value, ends[1].value] = [from, to];
      const want = { product: data.product, from, to };
      for (const name of narrow) if (form.elements[name].value) want[name] = form.elements[name].value;
      history.replaceState(history.state, "", `?${new URLSearchParams(want)}`);
      const groups = compare(data, want, byDay());
      const total = groups.flat().length;
      const sum = total ? gatepostSay("{n} change from {from} to {to}", { n: total, ...want }, "{n} changes from {from} to {to}")
        : gatepostSay("Nothing changes for you from {from} to {to}", want);
      const steps = byDay() ? data.rows.map((row) => row[1]).sort() : data.versions;
      const outside = (one) => placeOf(data, one) < 0 || placeOf(data, one) > steps.length - 1;
      const strange = [...illegible, ...(byDay() ? [] : [from, to].filter(outside))];
      /* Of what the log does not know it cannot say that nothing changes. */
      if (strange.length) tell(foreign(strange.join(", "), `${steps[0]} – ${steps.at(-1)}`), total ? sum : "");
      else tell("", sum);
      [gatepostSay("What you must do"), gatepostSay("What you should know"), gatepostSay("New for you")].forEach((title, number) => {
        if (!groups[number].length) return;
        found.append(make("section", { className: "gp-month" }, make("h2", {}, title),
          ...groups[number].map((row) => entry(row, data, form.dataset.releases, { year: "numeric" }))));
      });
    }

    const option = [...product.options].find((one) => key(one) === asked.product);
    if (option) product.value = option.value;
    const other = asked.product && !option;
    await choose(other ? {} : asked);
    form.hidden = false;
    if (other) tell(foreign(asked.product, [...product.options].map((one) => one.text).join(", ")), "");
    else if (option || asked.from || asked.to) show();
    form.addEventListener("change", async (event) => {
      if ([product, form.days].includes(event.target)) await choose(Object.fromEntries(narrow.map((name) => [name, form.elements[name].value])));
      illegible = [];
      show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  /* Without its data the log stands as it is, and pages by product say what an upgrade brings. */
  const start = () => Promise.allSettled([begin(), beginUpgrade()])
    .then(() => document.documentElement.classList.remove("gp-asked"));
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
