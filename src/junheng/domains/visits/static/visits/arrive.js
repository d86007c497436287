// Fills in where the phone is. Without it, or where the phone says nothing, the place is written by hand.
const button = document.querySelector("[data-locate]");
const field = document.querySelector("#id_place");
if (button && field && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)} ±${Math.round(coords.accuracy)} m`;
        button.disabled = false;
      },
      () => {
        button.disabled = false;
        field.focus();
      },
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
}
