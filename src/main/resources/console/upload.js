// Brings a disk image of this computer into a bucket, by the calls of docs/reference/buckets.md, and sends
// the form then: in pieces, without those that are nothing but zeros, and without what arrived before.
"use strict";

(() => {
  const VERSION = "2026-11-22";
  const PIECE_BYTES = 8 << 20; // half of what a call may carry
  const SIDE_BY_SIDE = 3; // of the six connections that a browser opens to a server
  const TRIES = 8;
  const LONGEST_WAIT_MS = 30000;
  const TELL_MS = 250;

  // What a person is told.
  class Trouble extends Error {}

  function hex(buffer) {
    return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function digest(bytes) {
    return hex(await crypto.subtle.digest("SHA-256", bytes));
  }

  // The same for the same state of the file, so that an upload that broke off goes on. What is below
  // uploads/ goes when it has been imported.
  async function keyOf(file) {
    const kept = file.name.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^[.]+/, "_").slice(0, 80);
    const state = [file.name, file.size, file.lastModified].join("\n");
    return `uploads/${kept}-${(await digest(new TextEncoder().encode(state))).slice(0, 16)}`;
  }

  function isZero(bytes) {
    const words = new Uint32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
    let at = 0;
    while (at < words.length && words[at] === 0) {
      at++; // a loop, for `every` takes twice as long
    }
    return at === words.length && new Uint8Array(bytes, 4 * at).every((byte) => byte === 0);
  }

  // One row for each piece: offset and length, 8 bytes each, and its digest.
  function digestOf(pieces) {
    const rows = new DataView(new ArrayBuffer(48 * pieces.length));
    pieces.forEach((piece, row) => {
      rows.setBigUint64(48 * row, BigInt(piece.Offset));
      rows.setBigUint64(48 * row + 8, BigInt(piece.Length));
      for (let i = 0; i < 32; i++) {
        rows.setUint8(48 * row + 16 + i, parseInt(piece.Sha256.slice(2 * i, 2 * i + 2), 16));
      }
    });
    return digest(rows.buffer);
  }

  function rest(tries, signal) {
    const time = Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.5 + Math.random() / 2);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  class Upload {
    constructor(file, form, signal, tell) {
      this.file = file;
      this.address = form.dataset.upload;
      this.region = form.elements.region.value;
      this.token = form.elements.token.value;
      this.signal = signal;
      this.tell = tell;
      this.next = 0;
      this.pieces = [];
    }

    // Returns the object's key, once it is whole and durable.
    async run() {
      this.key = await keyOf(this.file);
      const there = await this.call("GET", "DescribeObject", {}).catch((trouble) => {
        if (trouble.status === 404) {
          return null;
        }
        throw trouble;
      });
      if (there && there.Length === this.file.size) {
        return this.key;
      }
      const before = await this.call("GET", "DescribeUpload", { Length: this.file.size });
      this.arrived = new Map(before.Extents.map((extent) => [extent.Offset, extent]));
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => this.send()));
      await this.close();
      return this.key;
    }

    async send() {
      while (this.next < this.file.size && !this.signal.aborted) {
        const offset = this.next;
        this.next += PIECE_BYTES;
        const bytes = await this.read(offset);
        if (!isZero(bytes)) {
          await this.put(offset, bytes);
        }
        this.tell(bytes.byteLength);
      }
    }

    async read(offset) {
      try {
        return await this.file.slice(offset, offset + PIECE_BYTES).arrayBuffer();
      } catch {
        throw new Trouble("The file can't be read, or was changed: choose it again when it is at rest.");
      }
    }

    async put(offset, bytes) {
      const piece = { Offset: offset, Length: bytes.byteLength, Sha256: await digest(bytes) };
      const before = this.arrived.get(offset);
      if (!before || before.Length !== piece.Length || before.Sha256 !== piece.Sha256) {
        await this.call("PUT", "PutObjectExtent", { Length: this.file.size, Offset: offset }, bytes);
      }
      this.pieces.push(piece);
    }

    async close() {
      this.pieces.sort((one, other) => one.Offset - other.Offset);
      const whole = {
        Length: this.file.size,
        Extents: this.pieces.length,
        Sha256: await digestOf(this.pieces),
      };
      try {
        await this.call("POST", "CloseUpload", whole);
      } catch (trouble) {
        if (trouble.code === "UploadMismatch") {
          await this.call("DELETE", "DeleteObject", {});
          throw new Trouble("What arrived is not this file. It was thrown away: choose the file again.");
        }
        throw trouble;
      }
    }

    // One call, and again as long as that may help.
    async call(method, action, parameters, body) {
      const query = new URLSearchParams({ RegionId: this.region, ...parameters });
      const request = {
        method,
        body,
        signal: this.signal,
        headers: {
          "x-acs-action": action,
          "x-acs-version": VERSION,
          "x-imageferry-token": this.token,
          accept: "application/json",
        },
      };
      for (let tries = 1; ; tries++) {
        const trouble = await fetch(`${this.address}${this.key}?${query}`, request).then(
          (answer) => (answer.ok ? answer.json().then((it) => ({ it })) : this.refused(answer)),
          () => ({ again: true, error: new Trouble("The server can't be reached.") }),
        );
        if (trouble.it) {
          return trouble.it;
        }
        this.signal.throwIfAborted();
        if (!trouble.again || tries === TRIES) {
          throw trouble.error;
        }
        await rest(tries, this.signal);
        this.signal.throwIfAborted();
      }
    }

    async refused(answer) {
      const said = await answer.json().catch(() => ({}));
      const code = said.Code || String(answer.status);
      const advice = said.Recommend && !said.Recommend.startsWith("http") ? ` ${said.Recommend}` : "";
      const error = new Trouble(`${said.Message || "The upload was refused."} (${code})${advice}`);
      error.status = answer.status;
      error.code = code;
      return { again: answer.status >= 500 || code.startsWith("Throttling"), error };
    }
  }

  function amount(bytes) {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    const unit = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
    const value = bytes / 1024 ** unit;
    return `${unit > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
  }

  function teller(form, whole) {
    const meter = form.querySelector("progress");
    const text = form.querySelector(".amount");
    const began = performance.now();
    let done = 0;
    let told = 0;
    return (bytes) => {
      done += bytes;
      const now = performance.now();
      if (now - told < TELL_MS && done < whole) {
        return;
      }
      told = now;
      const rate = amount((done / Math.max(1, now - began)) * 1000);
      meter.value = done / whole;
      text.textContent = `${amount(done)} of ${amount(whole)} · ${rate}/s`;
    };
  }

  function stay(event) {
    event.preventDefault(); // the browser asks whether to leave
  }

  async function run(form, stop) {
    const said = form.querySelector(".said");
    const file = form.querySelector("input[type=file]").files[0];
    if (file.size === 0) {
      said.textContent = "The file is empty: choose a disk image.";
      return;
    }
    if (!globalThis.crypto.subtle) {
      said.textContent =
        "Browsers upload only over TLS, or from the server's own machine. Use imageferry import instead.";
      return;
    }
    const abort = new AbortController();
    stop.onclick = () => abort.abort();
    busy(form, stop, true);
    said.textContent = "Uploading.";
    try {
      const upload = new Upload(file, form, abort.signal, teller(form, file.size));
      form.elements.object.value = await upload.run();
      removeEventListener("beforeunload", stay);
      said.textContent = "Uploaded. The import begins.";
      form.submit();
    } catch (trouble) {
      abort.abort();
      busy(form, stop, false);
      said.textContent = tale(trouble);
    }
  }

  function tale(trouble) {
    return trouble.name === "AbortError"
      ? "Stopped. The same file goes on from here, within a day."
      : trouble instanceof Trouble
        ? trouble.message
        : `The upload failed: ${trouble.message}`;
  }

  function busy(form, stop, is) {
    for (const input of form.querySelectorAll("input:not([type=hidden]), select, button")) {
      input.inert = is && input !== stop;
    }
    form.querySelector("button.main").disabled = is;
    form.querySelector(".upload").hidden = !is;
    stop.hidden = !is;
    (is ? addEventListener : removeEventListener)("beforeunload", stay);
  }

  function begin(form) {
    const stop = form.querySelector("button.stop");
    const file = form.querySelector("input[type=file]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form, stop);
    });
    file.addEventListener("change", () => {
      if (file.files.length > 0 && !form.elements.name.value) {
        form.elements.name.value = file.files[0].name.replace(/([.](raw|img|qcow2|vhdx?|vmdk|vdi|gz|xz|zst))+$/i, "");
      }
    });
  }

  document.querySelectorAll("form[data-upload]").forEach(begin);
})();
