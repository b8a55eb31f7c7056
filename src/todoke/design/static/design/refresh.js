// Keeps a piece of the page fresh while work goes on in the background; without it, a link does the same.
// data-refresh may say how many seconds lie between two looks; without a number, two.
const piece = document.querySelector("[data-refresh]");
const wait = 1000 * (Number(piece?.dataset.refresh) || 2);
async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response || !response.ok) return setTimeout(refresh, Math.max(wait, 5000));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById(piece.id);
  if (!fresh) return location.reload();
  piece.replaceChildren(...fresh.childNodes);
  if (fresh.hasAttribute("data-refresh")) setTimeout(refresh, wait);
}
if (piece) setTimeout(refresh, wait);
