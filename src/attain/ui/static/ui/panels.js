// What opens beside the page: the panel that answers "why this number", and the drawer of a record.
const NARROW = matchMedia("(max-width: 1100px)");

const SKELETON = '<div class="at-panel-scroll"><div class="at-skeleton"><span></span><span></span><span></span><span></span><span></span></div></div>';

export function startPanels() {
  const why = panel("why");
  const drawer = panel("drawer");
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const number = event.target.closest("[data-why]");
    if (number && why) {
      event.preventDefault();
      const deeper = Boolean(number.closest("#why"));
      if (!deeper && why.opener === number && why.element.open) why.close();
      else why.open(number.dataset.why, { opener: deeper ? why.opener : number, deeper });
      return;
    }
    const link = event.target.closest("[data-drawer]");
    if (link && drawer) {
      event.preventDefault();
      const url = link.href || link.dataset.drawer;
      history.pushState({ drawer: url }, "", url);
      drawer.open(url, { opener: link });
      return;
    }
    if (event.target.closest("[data-panel-close]")) closeOf(event.target);
    if (event.target.closest("[data-panel-back]")) why?.back();
    if (event.target.closest("[data-retry]")) retryOf(event.target);
    if (event.target === drawer?.element || event.target === why?.element) closeOf(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog:modal, :popover-open")) return;
    if (why?.element.open) why.close();
  });
  window.addEventListener("popstate", (event) => {
    if (!drawer) return;
    if (event.state?.drawer) drawer.open(event.state.drawer, {});
    else if (drawer.element.open) drawer.close({ fromHistory: true });
  });
}

const panels = new Map();

function closeOf(element) {
  panels.get(element.closest("dialog"))?.close();
}

function retryOf(element) {
  panels.get(element.closest("dialog"))?.retry();
}

function panel(id) {
  const element = document.getElementById(id);
  if (!element) return null;
  const made = new Panel(element);
  panels.set(element, made);
  return made;
}

class Panel {
  constructor(element) {
    this.element = element;
    this.body = element.firstElementChild;
    this.opener = null;
    this.trail = [];
    this.isDrawer = element.id === "drawer";
    element.addEventListener("close", () => this.closed());
  }

  async open(url, { opener, deeper = false }) {
    if (!deeper) this.trail = [];
    this.mark(false);
    this.opener = opener ?? this.opener;
    this.mark(true);
    this.trail.push(url);
    if (!this.element.open) {
      if (this.isDrawer || NARROW.matches) this.element.showModal();
      else this.element.show();
    }
    await this.load(url);
  }

  async load(url) {
    this.body.innerHTML = SKELETON;
    this.body.setAttribute("aria-busy", "true");
    const wanted = url;
    const answer = await fetchFragment(url, this.body.id);
    // Another number may have been asked meanwhile.
    if (this.trail.at(-1) !== wanted) return;
    this.body.removeAttribute("aria-busy");
    if (answer.html === null) this.fail(answer.code);
    else if (answer.refused) this.refuse(answer.html);
    else this.body.innerHTML = answer.html;
    window.htmx?.process(this.body);
    this.body.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: this.body } }));
    this.body.querySelector("[data-panel-back]")?.toggleAttribute("hidden", this.trail.length < 2);
    const title = this.body.querySelector("[id$='-title'], h2");
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
  }

  refuse(html) {
    const head = document.getElementById("refused-template").content.cloneNode(true);
    head.querySelector(".at-panel-scroll").innerHTML = html;
    this.body.replaceChildren(head);
  }

  fail(code) {
    const failure = document.getElementById("failure-template").content.cloneNode(true);
    failure.querySelector(".at-failure-code").textContent = code;
    const place = document.createElement("div");
    place.className = "at-panel-scroll";
    place.append(failure);
    this.body.replaceChildren(place);
  }

  retry() {
    const url = this.trail.at(-1);
    if (url) this.load(url);
  }

  back() {
    this.trail.pop();
    const url = this.trail.at(-1);
    if (url) this.load(url);
  }

  close({ fromHistory = false } = {}) {
    this.fromHistory = fromHistory;
    this.element.close();
  }

  closed() {
    this.trail = [];
    this.body.replaceChildren();
    this.mark(false);
    this.opener?.isConnected && this.opener.focus({ preventScroll: true });
    this.opener = null;
    if (this.isDrawer && history.state?.drawer && !this.fromHistory) history.back();
    this.fromHistory = false;
  }

  mark(open) {
    if (!this.opener?.isConnected) return;
    if (this.opener.hasAttribute("aria-expanded")) this.opener.setAttribute("aria-expanded", String(open));
    this.opener.closest("tr, .at-items > *")?.classList.toggle("at-hit-row", open);
  }
}

async function fetchFragment(url, target) {
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      headers: { "HX-Request": "true", "HX-Target": target },
    });
    const type = response.headers.get("Content-Type") ?? "";
    // A log-in page or a picture is no answer to a question.
    if (response.redirected && !sameAddress(response.url, url)) {
      location.assign(response.url);
      return { html: "", code: "" };
    }
    if (!type.includes("text/html")) return { html: null, code: String(response.status) };
    if (response.status >= 500) return { html: null, code: String(response.status) };
    return { html: await response.text(), code: "", refused: !response.ok };
  } catch {
    return { html: null, code: "" };
  }
}

function sameAddress(one, other) {
  return new URL(one).pathname === new URL(other, location.href).pathname;
}
