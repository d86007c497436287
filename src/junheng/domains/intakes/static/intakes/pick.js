// The page of a plan works without this: a place can be typed. With it a place is picked on the drawing, or is where one is.

const form = document.querySelector("[data-pick]");
const drawing = document.querySelector("svg.catchments");

function ask(longitude, latitude) {
  form.elements.at.value = `${longitude.toFixed(6)},${latitude.toFixed(6)}`;
  form.requestSubmit();
}

if (form && drawing) {
  const { left, top, scale } = drawing.dataset;
  drawing.dataset.open = "";
  drawing.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    ask((Number(left) + (at.x * scale) / 1000) / 1e6, (Number(top) - (at.y * scale) / 1000) / 1e6);
  });
  const here = form.querySelector("[data-here]");
  if (navigator.geolocation && window.isSecureContext) {
    const told = document.querySelector("[data-told]");
    here.hidden = false;
    here.addEventListener("click", () =>
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => ask(coords.longitude, coords.latitude),
        () => (told.textContent = told.dataset.failed),
        { enableHighAccuracy: true, timeout: 10000 },
      ),
    );
  }
}
