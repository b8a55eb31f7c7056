// A pad to sign on, beside the plain file input that it fills. Without this script a photograph of a signature does.
(() => {
  const prepare = (pad) => {
    const input = document.getElementById(pad.dataset.signature);
    const canvas = pad.querySelector("canvas");
    const ink = canvas?.getContext("2d");
    if (!input || !ink || pad.dataset.ready) return;
    pad.dataset.ready = "1";
    pad.hidden = false;
    let drawn = false;
    const clear = () => {
      ink.fillStyle = "#fff";
      ink.fillRect(0, 0, canvas.width, canvas.height);
      ink.lineWidth = 3;
      ink.lineCap = ink.lineJoin = "round";
      ink.strokeStyle = "#000";
      drawn = false;
    };
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
    };
    canvas.style.touchAction = "none";
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      ink.beginPath();
      ink.moveTo(...place(event));
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!event.buttons) return;
      ink.lineTo(...place(event));
      ink.stroke();
      drawn = true;
    });
    pad.querySelector("[data-clear]").addEventListener("click", clear);
    pad.querySelector("[data-use]").addEventListener("click", () => {
      if (!drawn) return;
      canvas.toBlob((picture) => {
        const files = new DataTransfer();
        files.items.add(new File([picture], pad.dataset.name, { type: "image/png" }));
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }, "image/png");
    });
    clear();
  };
  const all = () => document.querySelectorAll("[data-signature]").forEach(prepare);
  all();
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
})();
