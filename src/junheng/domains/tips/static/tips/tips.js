// Pages of tips work without this. With it a phone can say where it is, and a QR code fills in the code.

const place = document.querySelector(".locate");
if (place && navigator.geolocation) {
  place.hidden = false;
  const told = place.querySelector("[data-located]");
  place.querySelector("[data-locate]").addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("id_longitude").value = Math.round(coords.longitude * 1e6);
        document.getElementById("id_latitude").value = Math.round(coords.latitude * 1e6);
        told.textContent = told.dataset.done;
      },
      () => (told.textContent = told.dataset.failed),
      { enableHighAccuracy: true, timeout: 10000 },
    ),
  );
}

// what stands behind the # is sent to nobody: it is put into the box, and taken out of the address
const box = document.querySelector("[data-code-box]");
if (box && location.hash.length > 1) {
  box.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
