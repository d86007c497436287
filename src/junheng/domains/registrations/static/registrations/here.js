// Pages of families work without this. With it a family that is at home can say where on the map that is.

const ask = (button) => {
  const box = document.getElementById(button.dataset.here);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      box.value = `${coords.longitude.toFixed(6)},${coords.latitude.toFixed(6)}`;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    },
    () => (document.getElementById("catchment").textContent = button.dataset.failed),
    { enableHighAccuracy: true, timeout: 10000 },
  );
};
const offer = () => document.querySelectorAll("[data-here]").forEach((one) => (one.hidden = false));

if (navigator.geolocation && window.isSecureContext) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-here]");
    if (button) ask(button);
  });
  document.addEventListener("htmx:load", offer);
  offer();
}
