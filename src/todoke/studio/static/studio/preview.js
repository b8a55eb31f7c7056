// Shows what an edit would look like while it is being typed. Without this script the preview follows every save.
(() => {
  const form = document.querySelector("form[data-preview]");
  const preview = document.getElementById("preview");
  if (!form || !preview) return;
  let waiting = 0;
  let turn = 0;

  const show = async () => {
    const mine = ++turn;
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (answer.ok && mine === turn) preview.innerHTML = await answer.text();
    } catch {
      preview.dataset.stale = "1";
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
})();
