// Draws a box on the picture of a blank: its place in millimetres goes to the input that is empty or had the focus last.
const drawing = document.querySelector("[data-drawing]");
const boxes = [...(drawing?.querySelectorAll("[data-box]") ?? [])];
let wanted = null;
for (const input of boxes) input.addEventListener("focus", () => (wanted = input));
for (const sheet of document.querySelectorAll("svg[data-page]")) {
  let start = null;
  let drawn = null;
  const place = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
    return [Math.min(210, Math.max(0, point.x)), Math.min(297, Math.max(0, point.y))];
  };
  const outline = (event) => {
    const [x, y] = place(event);
    return [Math.min(x, start[0]), Math.min(y, start[1]), Math.abs(x - start[0]), Math.abs(y - start[1])];
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (!boxes.length) return;
    event.preventDefault();
    start = place(event);
    drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    drawn.setAttribute("class", "scan-sheet__box");
    sheet.append(drawn);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!start) return;
    const names = ["x", "y", "width", "height"];
    outline(event).forEach((value, number) => drawn.setAttribute(names[number], value));
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!start) return;
    const found = outline(event);
    start = null;
    if (found[2] < 1 || found[3] < 1) return drawn.remove();
    const input = wanted ?? boxes.find((each) => !each.value) ?? boxes[0];
    input.value = found.map((value) => value.toFixed(1)).join(" ");
    drawing.elements.page.value = sheet.dataset.page;
    wanted = boxes[boxes.indexOf(input) + 1] ?? null;
  });
}
