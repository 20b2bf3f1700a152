/* Comfort only: every page reads and works without this file. */
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

  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest(".gp-menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  async function copy(button) {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say("Copied", button);
    } catch {
      say("Press Ctrl+C", button);
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
  const reveal = () => document.querySelectorAll("[data-copy][hidden]")
    .forEach((button) => { button.hidden = false; });
  if (window.document$) window.document$.subscribe(reveal);
  else reveal();
})();
