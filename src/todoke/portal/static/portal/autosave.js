// Saves what is typed while it is being typed, asks for the questions that an answer brings up, and sends files one by
// one with another try when the line breaks. Without this script every press of a button does the same.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const address = new URL(form.action).pathname;
  const home = address.replace(/answers\/$/, "");
  if (window.location.pathname === address) {
    // The answer to a press: going back or reloading must open this page again and not ask to send it again.
    window.history.replaceState(null, "", form.querySelector("[name=to_check]") ? `${home}?check=1` : home);
  }
  const line = () => form.querySelector("[data-saved]");
  let waiting = 0;
  let composing = false;
  let queue = Promise.resolve();

  const typed = () => {
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    return data;
  };

  const ticked = (field) => ["radio", "checkbox"].includes(field.type);
  const named = (field) => (ticked(field) ? `${field.name}=${field.value}` : field.name);
  const fields = () => [...form.elements].filter((field) =>
    field.name && !["hidden", "file", "submit", "button"].includes(field.type));
  const written = () => new Map(fields().map((field) => [named(field), ticked(field) ? field.checked : field.value]));
  const write = (kept) => {
    for (const field of fields()) {
      if (kept.has(named(field))) field[ticked(field) ? "checked" : "value"] = kept.get(named(field));
    }
  };

  // What was typed while the answer was under way is newer than the answer, so it stays.
  const show = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    while (composing) await new Promise((done) => form.addEventListener("compositionend", done, { once: true }));
    const fresh = page.querySelector("form[data-draft]");
    if (!fresh || fresh.dataset.draft !== form.dataset.draft) return window.location.assign(answer.url);
    const here = document.activeElement;
    const find = here && here.id ? () => document.getElementById(here.id) : () => null;
    const kept = written();
    form.replaceChildren(...fresh.childNodes);
    write(kept);
    find()?.focus({ preventScroll: true });
  };

  const save = async (mayChange) => {
    clearTimeout(waiting);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed() });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const { said, changed, results } = await answer.json();
      line().textContent = said;
      if (!answer.ok) return;
      for (const [name, text] of Object.entries(results ?? {})) {
        const output = form.querySelector(`output[name="${name}"]`);
        if (output) output.textContent = text || output.dataset.waiting;
      }
      if (mayChange && changed) await show(await fetch(home));
    } catch {
      line().textContent = line().dataset.failed;
      waiting = setTimeout(() => soon(false), 15000);
    }
  };
  const soon = (mayChange) => { queue = queue.then(() => save(mayChange)); };

  // A file beyond the limit is not sent at all: the line of a phone may be slow and dear.
  const isTooLarge = (input) => {
    input.parentElement.querySelector("[data-refused]")?.remove();
    if (!(input.files[0].size > Number(input.dataset.largest || Infinity))) return false;
    const said = document.createElement("p");
    said.className = "field__error";
    said.dataset.refused = "";
    said.setAttribute("role", "alert");
    said.textContent = input.dataset.tooLarge;
    input.before(said);
    input.value = "";
    return true;
  };

  const attach = async (input) => {
    const data = typed();
    data.append(input.name, input.files[0]);
    data.append("attach", "1");
    try {
      await show(await fetch(form.action, { method: "POST", body: data }));
    } catch {
      line().textContent = line().dataset.failed;
      const again = document.createElement("button");
      again.type = "button";
      again.className = "button button--secondary button--small";
      again.textContent = form.dataset.again;
      again.addEventListener("click", () => { again.remove(); queue = queue.then(() => attach(input)); });
      input.after(again);
    }
  };

  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; });
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => soon(false), 1500);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") {
      if (event.target.files.length && !isTooLarge(event.target)) queue = queue.then(() => attach(event.target));
    } else if (event.target.matches("input[type=radio], input[type=checkbox], select")) {
      soon(true);
    }
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
})();
