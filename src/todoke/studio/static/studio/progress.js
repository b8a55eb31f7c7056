// Shows how far a calculation is every two seconds, and its result when it is there.
"use strict";
const shown = document.getElementById("progress");
async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("progress");
  if (!now || !("open" in now.dataset)) {
    location.reload();
    return;
  }
  if (now.innerHTML !== shown.innerHTML) shown.innerHTML = now.innerHTML;
  setTimeout(look, 2000);
}
setTimeout(look, 2000);
