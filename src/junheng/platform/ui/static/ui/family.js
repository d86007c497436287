// A family's pages work without this. With it photos are made small before they are sent, a form is sent once, the next
// step comes into the open page, and a page that asks to wait sends the form again by itself.

const LONGEST = 2000;
const SMALL = 1_500_000;

const every = (selector, root = document) => [...root.querySelectorAll(selector)];

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

const ready = new WeakSet();
const fresh = (selector) => every(selector).filter((one) => !ready.has(one) && ready.add(one));

// What a page holds is prepared once: when the page opens, and when a step comes into the open page.
function prepare() {
  for (const input of fresh("input[type=file][data-shrink]")) {
    input.addEventListener("change", async () => {
      const files = new DataTransfer();
      for (const file of input.files) files.items.add(await shrunk(file));
      input.files = files.files;
    });
  }

  for (const form of fresh("form[data-once]")) {
    form.addEventListener("submit", () => setTimeout(() => every("[type=submit]", form).forEach((one) => (one.disabled = true)), 0));
  }

  for (const form of fresh("form[data-again]")) {
    setTimeout(() => form.requestSubmit(), Number(form.dataset.wait) * 1000);
  }

  // the school of an address is shown while one types: the button that asks for it is for browsers without scripts
  for (const button of fresh(".only-plain")) button.hidden = true;

  // the waiting room looks again by itself; a link does the same for browsers without scripts
  for (const place of fresh("[data-look-again]")) {
    setTimeout(() => location.reload(), Number(place.dataset.lookAgain) * 1000);
  }
}

prepare();

// a page that the browser kept is shown again with its buttons as they were
window.addEventListener("pageshow", (event) => {
  if (event.persisted) every("form[data-once] [type=submit]").forEach((one) => (one.disabled = false));
});

// Going back asks the house: what a family typed is kept there and nowhere in the browser.
document.addEventListener("DOMContentLoaded", () => {
  if (window.htmx) window.htmx.config.refreshOnHistoryMiss = true;
});

const isStep = (event) => event.detail.target?.id === "main";

document.addEventListener("htmx:beforeSwap", (event) => {
  // what is wrong with a step is said in its place
  if (isStep(event) && event.detail.xhr.status === 422) Object.assign(event.detail, { shouldSwap: true, isError: false });
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!isStep(event)) return;
  prepare();
  const main = event.detail.target;
  (main.querySelector("[autofocus]") ?? main).focus({ preventScroll: true });
  // choosing another language leads back to the page that is open now
  for (const input of every('form input[name="next"]')) input.value = location.pathname;
});

document.addEventListener("htmx:beforeRequest", () => every("[data-away]").forEach((one) => (one.hidden = true)));
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (isStep(event)) every("[data-away]").forEach((one) => (one.hidden = false));
  });
}
