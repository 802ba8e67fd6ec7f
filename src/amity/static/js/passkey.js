// Passkeys (WebAuthn): a form asks the browser for one, or makes one, and sends what it signed.
const can = typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

/** Make a passkey that opens the book alone: kept on the device, and behind its lock. */
function make({ publicKey }) {
  const lock = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  const options = { ...publicKey, authenticatorSelection: { ...publicKey.authenticatorSelection, ...lock } };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
}

const ask = ({ publicKey }) =>
  navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });

/** What is to be signed stands in the page, or is asked for where the form leads. */
async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const failed = form.querySelector("[role=alert]");
  if (!can) form.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const signed = await (form.dataset.passkey === "make" ? make : ask)(await optionsOf(form));
      form.elements.credential.value = JSON.stringify(signed.toJSON());
      form.submit();
    } catch {
      failed.hidden = false; // they thought better of it, or the device has none
    }
  });
}
