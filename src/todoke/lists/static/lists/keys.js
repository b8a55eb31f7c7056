// j and k walk through the rows of a table marked data-keys, Enter opens the row, / goes to the search box.
(() => {
  const table = document.querySelector("table[data-keys]");
  const links = table ? [...table.querySelectorAll("tbody th a")] : [];
  const typing = (target) => target.matches("input:not([type=checkbox]), select, textarea");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const box = document.querySelector("input[name=q]");
      if (box) { event.preventDefault(); box.focus(); }
    } else if (event.key === "j" || event.key === "k") {
      const now = links.indexOf(document.activeElement);
      const next = links[event.key === "j" ? now + 1 : Math.max(now - 1, 0)];
      if (next) {
        event.preventDefault();
        for (const row of table.tBodies[0].rows) row.classList.remove("is-selected");
        next.closest("tr").classList.add("is-selected");
        next.focus();
      }
    }
  });
})();
