// Hearing: acts come from transcript_keys.js. What was stopped goes on one second earlier. The word being spoken is
// marked. Without a script, each piece has its own player and buttons.
const players = [...document.querySelectorAll("audio")];
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2];
let speed = 1;
let marked = null;
for (const player of players) {
  player.addEventListener("play", () => {
    player.playbackRate = speed;
    if (player.dataset.stopped) player.currentTime = Math.max(0, player.currentTime - 1);
    delete player.dataset.stopped;
    for (const other of players) if (other !== player) other.pause();
    follow(player);
  });
}
function pieceOf(target) {
  return players.find((each) => !each.paused)?.closest("[data-segment]") ?? target.closest?.("[data-segment]");
}
function playerOf(target) {
  return players.find((each) => !each.paused) ?? pieceOf(target)?.querySelector("audio") ?? players[0];
}
function follow(player) {
  mark(player.currentTime);
  if (!player.paused) requestAnimationFrame(() => follow(player));
}
function mark(time) {
  const words = [...document.querySelectorAll("[data-start]")];
  const word = words.findLast((each) => Number(each.dataset.start) <= time && time <= Number(each.dataset.end) + 0.3);
  if (!word || word === marked) return;
  marked?.replaceChildren(marked.textContent);
  const sign = document.createElement("mark");
  sign.textContent = word.textContent;
  word.replaceChildren(sign);
  word.closest("[data-words]").hidden = false;
  marked = word;
}
function toggle(player) {
  if (player.paused) return player.play();
  player.dataset.stopped = "1";
  player.pause();
}
function goOn(target) {
  const here = target.closest?.("[data-segment]");
  const waiting = [...document.querySelectorAll("[data-waits]")];
  const after = (each) => here && here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  (waiting.find(after) ?? waiting.find((each) => each !== here))?.querySelector("textarea")?.focus();
}
function name(target, number) {
  const label = document.querySelector(`[data-speakers] li:nth-child(${number})`)?.dataset.speaker;
  const field = pieceOf(target)?.querySelector("input[name=speaker]");
  if (label && field) field.value = label;
}
document.addEventListener("transcript-act", ({ detail: { act, target } }) => {
  if (act.startsWith("speaker-")) return name(target, act.slice(-1));
  if (!players.length) return;
  if (act === "play") toggle(playerOf(target));
  else if (act === "back") playerOf(target).currentTime = Math.max(0, playerOf(target).currentTime - 3);
  else goOn(target);
});
for (const each of document.querySelectorAll("[data-speakers]")) each.hidden = false;
const choosing = document.querySelector("[data-speed]");
if (choosing && players.length) {
  const label = document.createElement("label");
  const choice = document.createElement("select");
  for (const each of STEPS) choice.add(new Option(`${each}倍`, each, each === 1, each === 1));
  choice.addEventListener("change", () => {
    speed = Number(choice.value);
    for (const player of players) player.playbackRate = speed;
  });
  label.append("速さ ", choice);
  choosing.append(label);
  choosing.hidden = false;
}
