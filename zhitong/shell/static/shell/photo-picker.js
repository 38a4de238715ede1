// <photo-picker data-max="6" data-remove="Remove" data-full="Six at most."> around a file input:
// small previews, a limit, and pictures made smaller before they travel over a bad network.
// The server still checks and re-encodes everything.

const LONGEST_EDGE = 1920;
const QUALITY = 0.82;

async function smaller(file, bitmap) {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < 600_000) return file;
  const canvas = draw(bitmap, bitmap.width * scale, bitmap.height * scale);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

function draw(bitmap, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

class PhotoPicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    if (!this.input || !window.createImageBitmap || !window.DataTransfer) return;
    this.limit = Number(this.dataset.max || 6);
    this.chosen = [];
    this.list = document.createElement("ul");
    this.list.className = "photo-picker__list";
    this.note = document.createElement("p");
    this.note.setAttribute("role", "status");
    this.note.className = "field__help";
    this.append(this.list, this.note);
    this.input.addEventListener("change", () => this.add([...this.input.files]));
  }

  async add(files) {
    this.note.textContent = "";
    for (const file of files) {
      if (this.chosen.length >= this.limit) {
        this.note.textContent = this.dataset.full || "";
        break;
      }
      this.chosen.push(await this.prepare(file));
    }
    this.show();
  }

  // A picture this browser cannot read goes to the server as it is, which says what is wrong.
  async prepare(file) {
    try {
      const bitmap = await createImageBitmap(file);
      const edge = 192 / Math.min(bitmap.width, bitmap.height);
      const preview = draw(bitmap, bitmap.width * edge, bitmap.height * edge);
      return { file: await smaller(file, bitmap), preview };
    } catch {
      return { file, preview: null };
    }
  }

  show() {
    const transfer = new DataTransfer();
    this.list.replaceChildren();
    for (const entry of this.chosen) {
      transfer.items.add(entry.file);
      this.list.append(this.item(entry));
    }
    this.input.files = transfer.files;
  }

  item(entry) {
    const item = document.createElement("li");
    if (entry.preview) {
      entry.preview.setAttribute("role", "img");
      entry.preview.setAttribute("aria-label", entry.file.name);
      item.append(entry.preview);
    } else {
      item.append(entry.file.name);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--plain";
    button.textContent = this.dataset.remove || "×";
    button.setAttribute("aria-label", `${button.textContent} ${entry.file.name}`);
    button.addEventListener("click", () => {
      this.chosen = this.chosen.filter((other) => other !== entry);
      this.show();
      this.input.focus();
    });
    item.append(button);
    return item;
  }
}

customElements.define("photo-picker", PhotoPicker);
