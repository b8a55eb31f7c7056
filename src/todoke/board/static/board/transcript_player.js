// Hearing by keyboard: Ctrl+Space plays and stops, Ctrl+Left goes 3 seconds back, Ctrl+Down goes to the next piece that
// must be heard. Without it, each piece has its own player and buttons. What was stopped goes on one second earlier.
const players = [...document.querySelectorAll("audio")];
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2];
let speed = 1;
for (const player of players) {
  player.addEventListener("play", () => {
    player.playbackRate = speed;
    if (player.dataset.stopped) player.currentTime = Math.max(0, player.currentTime - 1);
    delete player.dataset.stopped;
    for (const other of players) if (other !== player) other.pause();
  });
}
function playerOf(target) {
  const inside = target.closest?.("[data-segment]")?.querySelector("audio");
  return players.find((each) => !each.paused) ?? inside ?? players[0];
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
document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.isComposing || event.altKey || event.shiftKey || !players.length) return;
  const player = playerOf(event.target);
  if (event.code === "Space") toggle(player);
  else if (event.key === "ArrowLeft") player.currentTime = Math.max(0, player.currentTime - 3);
  else if (event.key === "ArrowDown") goOn(event.target);
  else return;
  event.preventDefault();
});
const place = document.querySelector("[data-speed]");
if (place && players.length) {
  const label = document.createElement("label");
  const choice = document.createElement("select");
  for (const each of STEPS) choice.add(new Option(`${each}倍`, each, each === 1, each === 1));
  choice.addEventListener("change", () => {
    speed = Number(choice.value);
    for (const player of players) player.playbackRate = speed;
  });
  label.append("速さ ", choice);
  place.append(label);
  for (const each of document.querySelectorAll("[data-speed], [data-keys]")) each.hidden = false;
}
