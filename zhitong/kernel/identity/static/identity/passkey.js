// <passkey-door>: asks the server for options, lets the browser's passkey answer, sends the
// answer back and goes where the server says. Without this script the element stays hidden.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const credentials = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function question({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.allowCredentials) asked.allowCredentials = credentials(asked.allowCredentials);
  if (asked.excludeCredentials) asked.excludeCredentials = credentials(asked.excludeCredentials);
  return { publicKey: asked };
}

function answer(credential) {
  const given = credential.response;
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (given[name]) response[name] = text(given[name]);
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

class PasskeyDoor extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.said = this.querySelector("[data-said]");
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.run(event.target).catch((problem) => {
        this.said.textContent = problem.words ?? this.said.dataset.trouble;
      });
    });
  }

  async run(form) {
    this.said.textContent = "";
    const sent = new FormData(form);
    const options = question(await this.post(this.dataset.options, sent));
    sent.set("answer", answer(await navigator.credentials[this.dataset.make](options)));
    sent.delete("password");
    window.location.assign((await this.post(this.dataset.answer, sent)).next);
  }

  async post(address, body) {
    const reply = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    const told = await reply.json().catch(() => ({}));
    if (!reply.ok) throw Object.assign(new Error("refused"), { words: told.message });
    return told;
  }
}

customElements.define("passkey-door", PasskeyDoor);
