// Small native elements. Every page works without them; they only make it kinder.

// <send-once data-busy="Sending…"> around a form: a second tap does not send twice.
class SendOnce extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => setTimeout(() => this.lock(event), 0));
    window.addEventListener("pageshow", () => this.unlock());
  }

  lock(event) {
    if (event.defaultPrevented) return;
    for (const button of this.querySelectorAll("button[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
      button.disabled = true;
    }
    const pressed = event.submitter;
    if (pressed && this.dataset.busy) {
      pressed.dataset.label = pressed.textContent;
      pressed.textContent = this.dataset.busy;
    }
  }

  unlock() {
    for (const button of this.querySelectorAll("button[type=submit]")) {
      button.removeAttribute("aria-disabled");
      button.disabled = false;
      if (button.dataset.label) button.textContent = button.dataset.label;
    }
  }
}

// <copy-text data-copy="Copy" data-done="Copied"> around a text: a button that copies it.
class CopyText extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const text = this.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = this.dataset.copy;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = this.dataset.done;
      setTimeout(() => (button.textContent = this.dataset.copy), 2000);
    });
    this.append(" ", button);
  }
}

// <keep-draft data-key="say"> around a form: what was typed survives a lost connection or a reload,
// on this tab only, and is forgotten once the form is sent.
class KeepDraft extends HTMLElement {
  connectedCallback() {
    const key = `draft:${this.dataset.key}`;
    const fields = () => this.querySelectorAll("textarea[name], input[type=text][name]");
    const kept = JSON.parse(sessionStorage.getItem(key) || "{}");
    for (const field of fields()) if (!field.value && kept[field.name]) field.value = kept[field.name];
    this.addEventListener("input", () => {
      const draft = Object.fromEntries([...fields()].map((field) => [field.name, field.value]));
      sessionStorage.setItem(key, JSON.stringify(draft));
    });
    this.addEventListener("submit", () => sessionStorage.removeItem(key));
  }
}

// <live-note data-lost="No connection …" data-ended="Signed out …">: says so when polling fails.
// What is on the page stays, with everything that was typed.
class LiveNote extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    document.body.addEventListener("htmx:sendError", () => this.say(this.dataset.lost));
    document.body.addEventListener("htmx:responseError", (event) => {
      const ended = [401, 403].includes(event.detail.xhr.status);
      this.say(ended ? this.dataset.ended : this.dataset.lost);
    });
    document.body.addEventListener("htmx:afterOnLoad", (event) => {
      if (event.detail.xhr.status < 400) this.say("");
    });
  }

  say(words) {
    this.textContent = words || "";
  }
}

customElements.define("send-once", SendOnce);
customElements.define("copy-text", CopyText);
customElements.define("keep-draft", KeepDraft);
customElements.define("live-note", LiveNote);

// The list of a form's problems takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// Polling rests while nobody looks at the page, and says that it is no person at work, so that an
// unattended desk still signs itself out. (htmx's own filters in hx-trigger need eval.)
const polls = (event) => (event.detail.elt.getAttribute("hx-trigger") || "").startsWith("every");

document.body.addEventListener("htmx:configRequest", (event) => {
  if (polls(event)) event.detail.headers["Zhitong-Poll"] = "1";
});
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && polls(event)) event.preventDefault();
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (!polls(event) || event.detail.xhr.status < 400) return;
  event.detail.shouldSwap = false;
  event.detail.isError = true;
});
