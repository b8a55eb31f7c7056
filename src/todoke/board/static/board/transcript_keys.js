// Keys of the correction page: each act has one, which a person may change (a foot pedal sends keys too); kept in this
// browser. An act is told to the page as the event "transcript-act" with its name and the element that had the focus.
const KEPT = "todoke-transcript-keys";
const ACTS = [["play", "再生と停止", "Ctrl+Space"], ["back", "3秒戻る", "Ctrl+ArrowLeft"], ["next", "次の聞く発言", "Ctrl+ArrowDown"]];
const OURS = ACTS.map(([act, , key]) => [act, key]);
function kept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
function keep(keys) {
  try { localStorage.setItem(KEPT, JSON.stringify(keys)); } catch { /* kept until the page is left */ }
}
let keys = { ...Object.fromEntries(OURS), ...kept() };
let asked = null;
function keyOf(event) {
  const held = [["Ctrl", event.ctrlKey], ["Alt", event.altKey], ["Shift", event.shiftKey]].filter(([, is]) => is);
  return [...held.map(([name]) => name), event.code].join("+");
}
function tell(act, target) {
  document.dispatchEvent(new CustomEvent("transcript-act", { detail: { act, target } }));
}
function speakerOf(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const typing = event.target.closest?.("input, textarea, select");
  const is = event.altKey ? !event.ctrlKey : !typing && !event.ctrlKey && !event.shiftKey;
  return digit && is ? `speaker-${digit}` : undefined;
}
document.addEventListener("keydown", (event) => {
  if (event.isComposing || ["Control", "Alt", "Shift", "Tab"].includes(event.key)) return;
  if (asked) {
    if (event.key !== "Escape") keys = { ...keys, [asked]: keyOf(event) };
    asked = null;
    keep(keys);
    draw();
    return event.preventDefault();
  }
  const act = Object.keys(keys).find((each) => keys[each] === keyOf(event)) ?? speakerOf(event);
  if (!act) return;
  tell(act, event.target);
  event.preventDefault();
});
const place = document.querySelector("[data-keys]");
const list = document.createElement("ul");
function draw() {
  list.replaceChildren(...ACTS.map(([act, words]) => {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary button--small";
    button.textContent = asked === act ? "新しいキーを押してください(Escでやめる)" : `${keys[act]} を変える`;
    button.addEventListener("click", () => {
      asked = act;
      draw();
      list.querySelector(`[data-act=${act}]`).focus();
    });
    button.dataset.act = act;
    row.append(`${words}: `, button);
    return row;
  }));
}
if (place) {
  draw();
  place.append(list);
  place.hidden = false;
}
