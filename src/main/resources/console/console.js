// Keeps the live parts of a page as the server sends them. Without it every page still works: it is
// then as it was when it was asked for.
"use strict";

(() => {
  const address = document.body.dataset.feed;
  if (!address) {
    return;
  }
  const RETRY_MS = 10000;
  const pulse = document.getElementById("pulse");
  const news = document.getElementById("news");
  let feed = null;

  // Makes `old` like `fresh` and leaves what is the same in its place, so that the focus, and what a
  // finger is just about to touch, stay where they are.
  function morph(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !(name === "open" && old.localName === "details")) {
        old.removeAttribute(name);
      }
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) {
        old.setAttribute(name, value);
      }
    }
    morphChildren(old, fresh);
  }

  function morphChildren(old, fresh) {
    const kept = new Map();
    for (const child of old.children) {
      if (child.id) {
        kept.set(child.id, child);
      }
    }
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      const known = next.id ? kept.get(next.id) : undefined;
      if (known && known !== at) {
        old.insertBefore(known, at);
        at = known;
      }
      if (at && alike(at, next)) {
        if (at.nodeType === Node.ELEMENT_NODE) {
          morph(at, next);
        } else if (at.data !== next.data) {
          at.data = next.data;
        }
        at = at.nextSibling;
      } else {
        old.insertBefore(document.importNode(next, true), at);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  }

  function alike(one, other) {
    return one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
  }

  function part(event) {
    const { id, html } = JSON.parse(event.data);
    const element = document.getElementById(id);
    const template = document.createElement("template");
    template.innerHTML = html; // made by the same server as the page, with the same escaping
    if (element) {
      morphChildren(element, template.content);
    }
  }

  function tell(live) {
    pulse.className = live ? "pulse on" : "pulse";
    pulse.textContent = live ? "live" : "not live";
  }

  function open() {
    feed = new EventSource(address);
    feed.addEventListener("open", () => tell(true));
    feed.addEventListener("part", part);
    feed.addEventListener("news", (event) => {
      news.textContent = JSON.parse(event.data);
    });
    feed.addEventListener("end", () => location.reload());
    feed.addEventListener("error", () => {
      tell(false);
      if (feed.readyState === EventSource.CLOSED) {
        close();
        setTimeout(show, RETRY_MS);
      }
    });
  }

  function close() {
    if (feed) {
      feed.close();
      feed = null;
    }
  }

  // Browsers open six connections to a server at most: pages that nobody sees need none.
  function show() {
    if (document.hidden) {
      close();
    } else if (!feed) {
      open();
    }
  }

  document.addEventListener("visibilitychange", show);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", show);
  show();
})();
