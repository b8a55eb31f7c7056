// Checking by keyboard: Enter saves one field and goes on, Esc goes back, F2 offers spellings, F4 says unreadable.
// Without it, the button below saves all fields at once. The next time of showing comes with each answer.
const form = document.querySelector("[data-verification]");
const fields = () => [...form.querySelectorAll("[data-field]")];
const focus = (field) => field?.querySelector("input:not([type=hidden]), textarea")?.focus();
async function save(field) {
  const sent = new FormData();
  for (const name of ["csrfmiddlewaretoken", "shown"]) sent.set(name, form.elements[name].value);
  for (const input of field.querySelectorAll("input, textarea")) {
    const chosen = !["checkbox", "radio"].includes(input.type) || input.checked;
    if (chosen) sent.append(input.name, input.value);
  }
  const answer = await fetch(form.action, { method: "POST", body: sent }).catch(() => null);
  if (!answer) return form.requestSubmit();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-verification]");
  const stays = fresh?.querySelector(`[data-field="${CSS.escape(field.dataset.field)}"]`);
  if (!fresh || !answer.ok || stays) return answer.redirected ? location.reload() : form.requestSubmit();
  form.elements.shown.value = fresh.elements.shown.value;
  const next = field.nextElementSibling;
  field.remove();
  focus(next?.matches("[data-field]") ? next : fields()[0]);
}
function offer(field) {
  const input = field.querySelector("input[type=text]");
  const said = field.querySelector("[data-variants]")?.textContent.split(": ")[1]?.split("、") ?? [];
  if (!input || !said.length) return;
  const every = (input.dataset.every ??= [input.value, ...said].join("、")).split("、");
  input.value = every[(every.indexOf(input.value) + 1) % every.length];
}
form?.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-field]");
  if (!field || event.isComposing) return;
  const isText = event.target.matches("textarea") && !event.ctrlKey;
  if (event.key === "Enter" && !isText) {
    event.preventDefault();
    save(field);
  } else if (event.key === "Escape") {
    const before = field.previousElementSibling;
    focus(before?.matches("[data-field]") ? before : field);
  } else if (event.key === "F2") {
    event.preventDefault();
    offer(field);
  } else if (event.key === "F4") {
    event.preventDefault();
    const box = field.querySelector("[name=unreadable]");
    box.checked = !box.checked;
  }
});
if (form) focus(fields()[0]);
