// Keeps a piece of the page fresh while work goes on in the background; without it, a link does the same.
const piece = document.querySelector("[data-refresh]");
async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response || !response.ok) return setTimeout(refresh, 5000);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById(piece.id);
  if (!fresh) return location.reload();
  piece.replaceChildren(...fresh.childNodes);
  if (fresh.hasAttribute("data-refresh")) setTimeout(refresh, 2000);
}
if (piece) setTimeout(refresh, 2000);
