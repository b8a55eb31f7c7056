// Saves what is typed while it is being typed. Without this script every press of a button saves.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const line = form.querySelector("[data-saved]");
  let waiting = 0;
  let sending = false;

  const save = async () => {
    if (sending) {
      waiting = setTimeout(save, 1000);
      return;
    }
    sending = true;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: data, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      line.textContent = (await answer.json()).said;
    } catch {
      line.textContent = line.dataset.failed;
      waiting = setTimeout(save, 15000);
    }
    sending = false;
  };

  const soon = (event) => {
    if (event.target.type === "file") return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => clearTimeout(waiting));
})();
