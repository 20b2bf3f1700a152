// Filters the rows of the flag register by a word, and keeps the word in the address.
// Not as `q`: the theme's own search opens over the page for that.
(() => {
  const label = document.querySelector(".gp-flag-find");
  const rows = [...document.querySelectorAll(".gp-flags tbody tr")];
  const status = document.querySelector(".gp-flag-source [role=status]");
  if (!label || !rows.length) return;
  const field = label.querySelector("input");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  let timer = 0;
  const chips = [...document.querySelectorAll(".gp-flag-views .gp-chip")];
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      shown += !row.hidden;
    });
    status.textContent = words.length ? `${shown} of ${rows.length} match.` : "";
    for (const chip of chips) {
      const url = new URL(chip.href);
      url.search = field.value ? new URLSearchParams({ find: field.value }) : "";
      chip.href = url;
    }
  };
  const keep = () => {
    const url = new URL(location.href);
    if (field.value) url.searchParams.set("find", field.value);
    else url.searchParams.delete("find");
    history.replaceState(null, "", url);
    show();
  };
  field.value = new URLSearchParams(location.search).get("find") || "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 150);
  });
  label.hidden = false;
  show();
})();
