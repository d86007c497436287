// Passkeys: hands the house's question to the browser and its answer back through an ordinary form.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const named = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

function readable({ publicKey }) {
  const asked = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = named(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = named(asked.allowCredentials);
  return { publicKey: asked };
}

function written(credential) {
  const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const note = form.querySelector("[data-note]");
  if (!window.PublicKeyCredential) {
    note.hidden = false;
    note.textContent = form.dataset.unable;
    form.querySelector("[type=submit]").disabled = true;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    try {
      const asked = readable(JSON.parse(form.dataset.options));
      const credential = await navigator.credentials[form.dataset.passkey](asked);
      form.elements.answer.value = JSON.stringify(written(credential));
      form.submit();
    } catch {
      note.hidden = false;
      note.textContent = form.dataset.failed;
    }
  });
}
