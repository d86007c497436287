// A family's pages work without this. With it photos are made small before they are sent, a form is sent once,
// and a page that asks to wait sends the form again by itself.

const LONGEST = 2000;
const SMALL = 1_500_000;

async function shrunk(file) {
  if (!file.type.startsWith("image/") || file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // what the browser cannot read, the house looks at
  }
}

for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
  input.addEventListener("change", async () => {
    const files = new DataTransfer();
    for (const file of input.files) files.items.add(await shrunk(file));
    input.files = files.files;
  });
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("[type=submit]").forEach((one) => (one.disabled = true)), 0));
}
// a page that the browser kept is shown again with its buttons as they were
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-once] [type=submit]").forEach((one) => (one.disabled = false));
});

for (const form of document.querySelectorAll("form[data-again]")) {
  setTimeout(() => form.requestSubmit(), Number(form.dataset.wait) * 1000);
}

// the school of an address is shown while one types: the button that asks for it is for browsers without scripts
for (const button of document.querySelectorAll(".only-plain")) button.hidden = true;

// the waiting room looks again by itself; a link does the same for browsers without scripts
for (const place of document.querySelectorAll("[data-look-again]")) {
  setTimeout(() => location.reload(), Number(place.dataset.lookAgain) * 1000);
}
